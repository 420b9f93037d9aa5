using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>
/// The only file that knows the AWS SDK, so that its assemblies are loaded where a profile, a container or an instance has to be asked, and
/// nowhere else. The SDK keeps and refreshes what it gets.
/// </summary>
internal static class SdkCredentials
{
    // On a machine that is none of AWS's the instance's address does not answer at all.
    private static readonly TimeSpan MachineLimit = TimeSpan.FromSeconds(6);

    // A credential_process may ask a person.
    private static readonly TimeSpan ProfileLimit = TimeSpan.FromMinutes(2);

    /// <param name="profile">One that exists and has credentials.</param>
    /// <param name="kind">How it gets them.</param>
    /// <param name="ssoProfile">The profile to log in to, where a login is part of it.</param>
    public static AwsCredentials OfProfile(string profile, ProfileKind kind, string? ssoProfile)
    {
        return Kept(
            $"profile {profile}",
            ProfileLimit,
            _ =>
            {
                var chain = new CredentialProfileStoreChain();
                return chain.TryGetProfile(profile, out var found)
                    ? Task.FromResult(WithoutQuestions(found.GetAWSCredentials(chain)))
                    : throw new DeployException(AwsProblems.UnknownProfile(profile, []));
            },
            Explained);

        // The SDK has no exception of its own for a login that is missing or over, but one for what a service refuses.
        Problem Explained(Exception failure) => Refusal(failure) switch
        {
            "ForbiddenException" or "AccessDenied" => AwsProblems.ProfileRefused(profile, Reasons(failure)),
            "ExpiredToken" or "ExpiredTokenException" when ssoProfile is null => AwsProblems.ExpiredKeys($"profile {profile}"),
            _ when IsUnreachable(failure) => AwsProblems.CredentialsUnreachable($"profile {profile}", Reasons(failure)),
            _ when ssoProfile is not null => AwsProblems.LoginExpired(profile, ssoProfile),
            _ when kind == ProfileKind.Process => AwsProblems.ProcessFailed(profile),
            _ => AwsProblems.ProfileRefused(profile, Reasons(failure)),
        };
    }

    /// <summary>A file that the platform renews, as Kubernetes and CI systems do, and the role that its token stands for.</summary>
    public static AwsCredentials OfWebIdentity(string tokenFile, string role, string sessionName) =>
        Kept(
            $"web identity for {role}",
            ProfileLimit,
            _ => Task.FromResult<AWSCredentials>(new AssumeRoleWithWebIdentityCredentials(tokenFile, role, sessionName)),
            failure => IsUnreachable(failure)
                ? AwsProblems.CredentialsUnreachable($"web identity for {role}", Reasons(failure))
                : AwsProblems.WebIdentityRefused(role, tokenFile, Reasons(failure)));

    /// <summary>Those that ECS or EKS have ready for the container that this runs in.</summary>
    public static AwsCredentials OfContainer() =>
        Kept("container's role", MachineLimit, _ => Task.FromResult<AWSCredentials>(new GenericContainerCredentials()), failure => AwsProblems.CredentialsUnreachable("container's role", Reasons(failure)));

    /// <summary>What the instance that this runs on may do, if it is one.</summary>
    public static AwsCredentials OfInstance() =>
        Kept(
            "instance's role",
            MachineLimit,
            cancellationToken => new DefaultAWSCredentialsIdentityResolver().ResolveIdentityAsync(clientConfig: null, cancellationToken),
            _ => AwsProblems.NoCredentials());

    private static AwsCredentials Kept(string source, TimeSpan limit, Func<CancellationToken, Task<AWSCredentials>> makeAsync, Func<Exception, Problem> explain)
    {
        AWSCredentials? kept = null;
        return new AwsCredentials(source, AskAsync, () => kept = null);

        async Task<AwsKeys> AskAsync(CancellationToken cancellationToken)
        {
            try
            {
                var credentials = kept ??= await makeAsync(cancellationToken).WaitAsync(limit, cancellationToken);
                var keys = await credentials.GetCredentialsAsync().WaitAsync(limit, cancellationToken);
                return new AwsKeys(keys.AccessKey, new SecretText(keys.SecretKey), keys.Token is { Length: > 0 } token ? new SecretText(token) : null);
            }
            catch (Exception failure) when (IsOfTheSdk(failure))
            {
                throw new DeployException([explain(failure)], failure);
            }
        }
    }

    // A login is the user's to make, in a browser, with AWS's own command.
    private static AWSCredentials WithoutQuestions(AWSCredentials credentials)
    {
        if (credentials is SSOAWSCredentials sso)
        {
            sso.Options.ClientName = "platform";
            sso.Options.SupportsGettingNewToken = false;
        }

        return credentials;
    }

    private static bool IsOfTheSdk(Exception failure) =>
        failure is AmazonClientException or AmazonServiceException or ProcessAWSCredentialException
            or InvalidDataException or XmlException or InvalidOperationException or ArgumentException or IOException or TimeoutException or HttpRequestException;

    private static string? Refusal(Exception failure) => Chain(failure).OfType<AmazonServiceException>().Select(refused => refused.ErrorCode).LastOrDefault(code => code is not null);

    private static bool IsUnreachable(Exception failure) => Chain(failure).Any(inner => inner is SocketException or HttpRequestException or TimeoutException);

    private static string Reasons(Exception failure) => string.Join(" ", Chain(failure).Select(inner => inner.Message.Split('\n')[0].Trim()).Distinct());

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            yield return current;
        }
    }
}
