using System.Net;
using System.Text.Json;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>What was tried, to name the right that lacks.</summary>
internal enum RegistryAction
{
    Pull,
    ReadBlob,
    StartUpload,
    SendBlob,
    FinishUpload,
    PutManifest,
}

/// <summary>The problems of registries.</summary>
internal static class RegistryProblems
{
    private const int LongestDetail = 2048;

    /// <summary>401, or the token server's refusal.</summary>
    public static async Task<Problem> RefusedAsync(string host, RegistryScope scope, bool withCredentials, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var detail = Words(await ErrorsAsync(response, cancellationToken));
        var verb = scope.Access == RegistryAccess.Push ? "written to" : "read";
        return withCredentials
            ? new("DEP221", $"The registry {host} does not accept the credentials: {scope.Repository} cannot be {verb}.", Login(host, "They are wrong or have run out"), ExitCode.Environment) { Subject = host, Detail = detail }
            : new("DEP222", $"The registry {host} wants credentials and there are none: {scope.Repository} cannot be {verb}.", Login(host, "None were found"), ExitCode.Environment) { Subject = host, Detail = detail };
    }

    public static Problem Denied(RepositoryAddress repository, RegistryAction action, string? detail) =>
        new("DEP223", $"{repository} may not be {(action is RegistryAction.Pull or RegistryAction.ReadBlob ? "read" : "written to")} with these credentials.", $"Allow {Right(repository, action)}.", ExitCode.Environment) { Subject = repository.ToString(), Detail = detail };

    public static Problem NoRepository(RepositoryAddress repository, RegistryAction action, string? detail) =>
        new("DEP224", $"The registry {repository.Host} has no repository {repository.Name}.", IsEcr(repository.Host) ? $"Deploy the registry stack, which makes the repositories; to {(action is RegistryAction.Pull or RegistryAction.ReadBlob ? "pull" : "push")}, the identity needs {Right(repository, action)}." : $"Create it, or allow {Right(repository, action)}: some registries hide what may not be seen.", ExitCode.Environment) { Subject = repository.ToString(), Detail = detail };

    public static Problem NoImage(RepositoryAddress repository, string target) =>
        new("DEP225", $"{repository} has no image '{target}'.", "Check the name and the tag; a private image is also hidden from those who may not see it.", ExitCode.Input) { Subject = repository.ToString() };

    public static Problem TagTaken(RepositoryAddress repository, string tag, Digest digest) =>
        new("DEP226", $"The tag '{tag}' of {repository} names another image and cannot be moved to {digest.Short}.", "Give this build a tag of its own with --tag, or commit the change, which gives it one.", ExitCode.Input) { Subject = repository.ToString() };

    public static Problem Full(RepositoryAddress repository, string? detail) =>
        new("DEP227", $"The registry {repository.Host} has no room for this image of {repository.Name}.", "Delete images that are not used, or raise the quota of the registry.", ExitCode.Environment) { Subject = repository.ToString(), Detail = detail };

    /// <summary>No connection, or none that can be trusted.</summary>
    public static Problem Unreachable(Uri address, Exception failure) => failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
        ? new("DEP228", $"No secure connection to {address.Authority} can be made.", $"Trust the certificate's issuer on this machine, or correct the address; for a registry without TLS add '--plain-http {address.Authority}'.", ExitCode.Environment) { Subject = address.Authority, Detail = Innermost(failure) }
        : new("DEP229", $"The registry {address.Authority} cannot be reached.", "Check the address, the network and whether the registry runs.", ExitCode.Environment) { Subject = address.Authority, Detail = Innermost(failure) };

    public static Problem Corrupted(RepositoryAddress repository, Digest expected, Digest found) =>
        new("DEP230", $"{repository} gives other content for {expected.Short} than its digest says: it hashes to {found.Short}.", "Delete it from the registry and push it again; if a proxy stands between, empty its cache.", ExitCode.Environment) { Subject = $"{repository}@{expected}" };

    public static Problem PlainTokens(string host, Uri realm) =>
        new("DEP231", $"The registry {host} wants the credentials to be sent to {realm.Authority} without TLS.", $"Let its token server use https; to allow it all the same add '--plain-http {realm.Authority}'.", ExitCode.Environment) { Subject = host };

    public static Problem NoToken(string host, Uri realm) =>
        new("DEP232", $"The token server of {host}, {realm.Authority}, gave no token.", "Check the address of the registry: what answers there is no token server.", ExitCode.Environment) { Subject = host };

    public static Problem TooManyRequests(string host, string? detail) =>
        new("DEP242", $"The registry {host} takes no more requests for now (429).", IsEcr(host) ? "Wait, then try again: what has arrived is not sent again." : $"Wait, or sign in for a higher limit with 'docker login {host}'; images.mirror keeps copies of other people's images in a registry of your own.", ExitCode.Environment) { Subject = host, Detail = detail };

    public static Problem Altered(RepositoryAddress repository, Digest sent) =>
        new("DEP243", $"{repository} got other content for {sent.Short} than was sent.", "Try again; if it happens again, something between this machine and the registry changes what is sent.", ExitCode.Environment) { Subject = $"{repository}@{sent}" };

    public static Problem NoBlob(RepositoryAddress repository, Digest blob) =>
        new("DEP244", $"{repository} lacks the part {blob.Short} of one of its images.", "Push the image again, or name another one: the registry has lost a part of it.", ExitCode.Environment) { Subject = $"{repository}@{blob}" };

    /// <summary>An answer that none of the others is.</summary>
    public static async Task<Problem> UnexpectedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var address = response.RequestMessage?.RequestUri;
        var host = HostOf(address);
        return response.StatusCode == HttpStatusCode.TooManyRequests ? TooManyRequests(host, Words(await ErrorsAsync(response, cancellationToken)))
            : RetryingSender.MayPass(response.StatusCode)
            ? new("DEP233", $"The registry {host} is overloaded or broken: it answers {(int)response.StatusCode}.", "Try again later; what has arrived is not sent again.", ExitCode.Environment) { Subject = host, Detail = Words(await ErrorsAsync(response, cancellationToken)) }
            : new("DEP234", $"{host} does not answer like a registry: {(int)response.StatusCode} to {response.RequestMessage?.Method} {address?.AbsolutePath}.", "Check the address of the registry.", ExitCode.Environment) { Subject = host, Detail = Words(await ErrorsAsync(response, cancellationToken)) };
    }

    /// <summary>The problem that a failed answer stands for, by its status and the code of its error.</summary>
    public static async Task<Problem> OfAsync(HttpResponseMessage response, RepositoryAddress repository, RegistryAction action, CancellationToken cancellationToken)
    {
        var errors = await ErrorsAsync(response, cancellationToken);
        bool Has(params string[] codes) => errors.Errors?.Any(error => codes.Contains(error.Code, StringComparer.Ordinal)) ?? false;
        return response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage => Full(repository, Words(errors)),
            _ when Has("SIZE_INVALID", "QUOTA_EXCEEDED") => Full(repository, Words(errors)),
            HttpStatusCode.Forbidden => Denied(repository, action, Words(errors)),
            HttpStatusCode.NotFound when Has("NAME_UNKNOWN") || action is not (RegistryAction.Pull or RegistryAction.ReadBlob) => NoRepository(repository, action, Words(errors)),
            _ when Has("DENIED") => Denied(repository, action, Words(errors)),
            _ => await UnexpectedAsync(response, cancellationToken),
        };
    }

    /// <summary>ECR says TAG_INVALID of a tag that is taken and immutable; Harbor 412, others 409.</summary>
    public static async Task<bool> IsTagTakenAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict
        || ((await ErrorsAsync(response, cancellationToken)).Errors?.Any(error => error.Code == "TAG_INVALID") ?? false);

    /// <summary>Whether what arrived is not what the digest says.</summary>
    public static async Task<bool> IsAlteredAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode == HttpStatusCode.BadRequest && ((await ErrorsAsync(response, cancellationToken)).Errors?.Any(error => error.Code == "DIGEST_INVALID") ?? false);

    public static bool IsEcr(string host) =>
        host.Contains(".dkr.ecr", StringComparison.Ordinal) && (host.EndsWith(".amazonaws.com", StringComparison.Ordinal) || host.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal));

    private static string Login(string host, string reason) => IsEcr(host)
        ? $"{reason}: sign in to AWS again; the identity needs ecr:GetAuthorizationToken."
        : $"{reason}: run 'docker login {host}', or set PLATFORM_REGISTRY_USERNAME and PLATFORM_REGISTRY_PASSWORD.";

    private static string Right(RepositoryAddress repository, RegistryAction action) => repository.Host switch
    {
        var host when IsEcr(host) => action switch
        {
            RegistryAction.Pull => "ecr:BatchGetImage",
            RegistryAction.ReadBlob => "ecr:BatchCheckLayerAvailability and ecr:GetDownloadUrlForLayer",
            RegistryAction.StartUpload => "ecr:InitiateLayerUpload",
            RegistryAction.SendBlob => "ecr:UploadLayerPart",
            RegistryAction.FinishUpload => "ecr:CompleteLayerUpload",
            _ => "ecr:PutImage",
        } + $" on the repository {repository.Name}",
        "ghcr.io" => (action is RegistryAction.Pull or RegistryAction.ReadBlob ? "read:packages" : "write:packages") + $" (in a workflow: 'packages: {(action is RegistryAction.Pull or RegistryAction.ReadBlob ? "read" : "write")}')",
        _ => $"this user to {(action is RegistryAction.Pull or RegistryAction.ReadBlob ? "pull from" : "push to")} {repository.Name}",
    };

    private static async Task<RegistryErrors> ErrorsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            // Buffered, so that it can be read again.
            await response.Content.LoadIntoBufferAsync(64 * 1024, cancellationToken);
            text = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidOperationException)
        {
            return new RegistryErrors(null);
        }

        try
        {
            return JsonSerializer.Deserialize(text, RegistryJson.Default.RegistryErrors) ?? new RegistryErrors(null);
        }
        catch (JsonException)
        {
            // A proxy's page, say.
            return new RegistryErrors(text.Length == 0 ? null : [new RegistryError(null, text)]);
        }
    }

    private static string? Words(RegistryErrors errors)
    {
        var words = string.Join('\n', (errors.Errors ?? []).Select(error => string.Join(": ", new[] { error.Code, error.Message }.Where(part => !string.IsNullOrWhiteSpace(part)))));
        return words.Length == 0 ? null : words[..Math.Min(words.Length, LongestDetail)];
    }

    // Docker Hub answers under another name than its own.
    private static string HostOf(Uri? address) => address?.Authority is "registry-1.docker.io" ? "docker.io" : address?.Authority ?? "";

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }
}
