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

/// <summary>What ECR needs of AWS beside the registry protocol: credentials, and the findings of its scans. One session a region.</summary>
internal sealed class EcrAccess : IDisposable
{
    private readonly ConcurrentDictionary<string, AwsSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>By the identity that the machine has in AWS; a password is good for 12 hours and is asked for anew.</summary>
    /// <exception cref="DeployException">There is no identity, or it may not.</exception>
    public async Task<RegistryCredential?> CredentialAsync(string host, CancellationToken cancellationToken)
    {
        var login = await Session(host).Ecr.LoginAsync(cancellationToken);
        return new RegistryCredential.Password(login.UserName, login.Password);
    }

    /// <summary>The worst of an image's platforms: ECR scans those and not their index.</summary>
    public async Task<ScanFindings?> FindingsAsync(PushedImage image, RegistryClient client, CancellationToken cancellationToken)
    {
        if (!RegistryProblems.IsEcr(image.Repository.Host))
        {
            return null;
        }

        var index = JsonSerializer.Deserialize((await client.GetManifestAsync(image.Repository, image.Digest.ToString(), cancellationToken)).Content.AsSpan(), OciJson.Index);
        ScanFindings? findings = null;
        foreach (var platform in index?.Manifests ?? [])
        {
            var detail = await Session(image.Repository.Host).Ecr.DescribeImageAsync(image.Repository.Name, new ImageIdentifier { ImageDigest = platform.Digest.ToString() }, cancellationToken);
            if (detail is { ImageScanStatus: { } status, ImageScanFindingsSummary: { } summary })
            {
                findings = Worst(findings, new ScanFindings(status.Status, summary.FindingSeverityCounts.ToImmutableSortedDictionary(StringComparer.Ordinal)));
            }
        }

        return findings;
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private static ScanFindings Worst(ScanFindings? one, ScanFindings other) => one is null
        ? other
        : new ScanFindings(
            one.Status,
            one.BySeverity.Keys.Union(other.BySeverity.Keys, StringComparer.Ordinal).ToImmutableSortedDictionary(
                severity => severity, severity => Math.Max(one.BySeverity.GetValueOrDefault(severity), other.BySeverity.GetValueOrDefault(severity)), StringComparer.Ordinal));

    // ACCOUNT.dkr.ecr.REGION.amazonaws.com, also .dkr.ecr-fips.REGION
    private AwsSession Session(string host) => _sessions.GetOrAdd(host.Split('.') is [_, "dkr", _, var region, ..] ? region : "", region => AwsSession.Open(
        new AwsSessionSettings { Region = region.Length == 0 ? null : region },
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        TimeProvider.System));
}
