using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Aws;
using Platform.Deploy.Images;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Commands;

/// <summary>
/// What ECR needs of AWS beside the registry protocol: credentials, and the findings of its scans. One session a region, by the identity that the
/// machine has.
/// </summary>
/// <param name="given">Used for every region instead, and not disposed of: that of the command which images are a part of.</param>
/// <param name="time">Of the account.</param>
internal sealed class EcrAccess(AwsSession? given, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, AwsSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PushedImage, ImmutableArray<Digest>> _platforms = new();

    public TimeProvider Time => time;

    /// <summary>By the identity that the machine has in AWS; a password is good for 12 hours and is asked for anew.</summary>
    /// <exception cref="DeployException">There is no identity, or it may not.</exception>
    public async Task<RegistryCredential?> CredentialAsync(string host, CancellationToken cancellationToken)
    {
        var login = await Session(host).Ecr.LoginAsync(cancellationToken);
        return new RegistryCredential.Password(login.UserName, login.Password);
    }

    /// <summary>The account that the machine's identity is of: its registry is meant where an environment is not pinned to one.</summary>
    /// <exception cref="DeployException">There is no identity.</exception>
    public async Task<string> AccountAsync(string region, CancellationToken cancellationToken) => (await InRegion(region).Sts.GetCallerIdentityAsync(cancellationToken)).Account;

    /// <summary>
    /// Where a registry of ECR answers, if not under its own name: where a stand-in plays ECR (<c>AWS_ENDPOINT_URL_ECR</c> and the like), its answer to a
    /// login says where its registry is.
    /// </summary>
    /// <returns>Null where that is nowhere else.</returns>
    public async Task<Uri?> EndpointAsync(string host, CancellationToken cancellationToken)
    {
        if (!RegistryProblems.IsEcr(host) || !IsStandIn())
        {
            return null;
        }

        var login = await Session(host).Ecr.LoginAsync(cancellationToken);
        return login.Endpoint.Authority == host ? null : login.Endpoint;
    }

    /// <summary>The worst of an image's platforms: ECR scans those and not their index.</summary>
    public async Task<ScanFindings?> FindingsAsync(PushedImage image, RegistryClient client, CancellationToken cancellationToken)
    {
        if (!RegistryProblems.IsEcr(image.Repository.Host))
        {
            return null;
        }

        if (!_platforms.TryGetValue(image, out var digests))
        {
            var index = JsonSerializer.Deserialize((await client.GetManifestAsync(image.Repository, image.Digest.ToString(), cancellationToken)).Content.AsSpan(), OciJson.Index);
            digests = [.. (index?.Manifests ?? []).Select(platform => platform.Digest)];
            _platforms[image] = digests;
        }

        var found = ImmutableArray.CreateBuilder<ScanFindings?>();
        foreach (var digest in digests)
        {
            var detail = await Session(image.Repository.Host).Ecr.DescribeImageAsync(image.Repository.Name, new ImageIdentifier { ImageDigest = digest.ToString() }, cancellationToken);
            var counts = detail?.ImageScanFindingsSummary?.FindingSeverityCounts.ToImmutableSortedDictionary(StringComparer.Ordinal);
            found.Add(detail?.ImageScanStatus is { } status ? new ScanFindings(status.Status, counts ?? ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal)) : null);
        }

        return ScanFindings.Worst(found.ToImmutable());
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private static Dictionary<string, string> Variables =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    // Without opening a session, which needs an identity.
    private bool IsStandIn()
    {
        if (given is not null)
        {
            return given.Connection.Endpoints.Configured.ContainsKey(AwsApi.Ecr);
        }

        var variables = Variables;
        var profile = variables.GetValueOrDefault("AWS_PROFILE") is { Length: > 0 } named ? named : CredentialChain.DefaultProfile;
        return AwsEndpoints.Read("", variables, AwsProfiles.OfMachine(variables), profile).Endpoints.Configured.ContainsKey(AwsApi.Ecr);
    }

    // ACCOUNT.dkr.ecr.REGION.amazonaws.com, also .dkr.ecr-fips.REGION
    private AwsSession Session(string host) => InRegion(host.Split('.') is [_, "dkr", _, var region, ..] ? region : "");

    private AwsSession InRegion(string name) => given ?? _sessions.GetOrAdd(name, region => AwsSession.Open(
        new AwsSessionSettings { Region = region.Length == 0 ? null : region },
        Variables,
        TimeProvider.System));
}
