using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Planning;

/// <summary>Looks at everything that a deployment needs of an account, and goes on where one look fails: a doctor tells all at once.</summary>
internal sealed class Examination(AwsTargetSettings opening, EnvironmentSettings settings)
{
    private Names Names => opening.Names;

    /// <returns>In the order in which one depends on the other.</returns>
    public async Task<ImmutableArray<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        findings.Add(Finding.Good("environment", $"{Names.Prefix}, {settings.Profile.ToString().ToLowerInvariant()}, in {settings.Region}{(settings.Account is { } pinned ? $", account {pinned}" : ", in any account: set 'account' to pin it")}"));
        if (RegionElsewhere() is { } elsewhere)
        {
            findings.Add(elsewhere);
        }

        findings.Add(Tls());
        findings.Add(Finding.Good("credentials", opening.Session.StandIn is null
            ? CredentialStory.Of(opening.Session.Profile, opening.Environment, AwsProfiles.OfMachine(opening.Environment))
            : "those of the simulated account"));
        try
        {
            using var target = await AwsTarget.OpenAsync(opening, cancellationToken);
            findings.Add(Finding.Good("identity", $"{target.Identity.Arn}, account {target.Account}"));
            findings.AddRange(await RolesAsync(target, cancellationToken));
            findings.AddRange(await QuotasAsync(target, cancellationToken));
            findings.AddRange(await VersionsAsync(target, cancellationToken));
            findings.AddRange(await RegistryAsync(target, cancellationToken));
        }
        catch (DeployException failed)
        {
            findings.AddRange(failed.Problems.Select(problem => Finding.Bad("identity", problem)));
        }

        return findings.ToImmutable();
    }

    private Finding? RegionElsewhere()
    {
        var said = opening.Environment.GetValueOrDefault("AWS_REGION") ?? opening.Environment.GetValueOrDefault("AWS_DEFAULT_REGION");
        return said is { Length: > 0 } && said != settings.Region
            ? Finding.Careful("region", $"AWS_REGION says {said}, and the environment is in {settings.Region}, which is used.", "Set 'region' in the environment's file, or --region, if the other one is meant.")
            : null;
    }

    private Finding Tls() => (settings.Profile, settings.Edge) switch
    {
        (_, { CertificateArn: not null }) => Finding.Good("TLS", "with a certificate that exists"),
        (_, { Domain: { } domain, HostedZoneId: not null }) => Finding.Good("TLS", $"with a certificate for {domain} that is made and renewed by AWS"),
        (Profile.Production, { AllowHttp: true }) => Finding.Careful("TLS", "Visitors of production come in over plain HTTP.", "Set edge.domain and edge.hostedZoneId, or edge.certificateArn."),
        (_, { AllowHttp: true }) => Finding.Careful("TLS", "Visitors come in over plain HTTP.", "Set edge.domain and edge.hostedZoneId once there is a domain."),
        _ => Finding.Careful("TLS", "There is no certificate: an application with external endpoints is refused.", "Set edge.domain and edge.hostedZoneId, or edge.certificateArn."),
    };

    private async Task<ImmutableArray<Finding>> RolesAsync(AwsTarget target, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var access = await TriedAsync("roles", () => target.Caller.CloudFormation.DescribeStackAsync(Names.Stack(AccessStack.ShortName), cancellationToken));
        var isThere = access.Value is not null;
        findings.Add((target.Access, isThere, access.Finding) switch
        {
            (DeployerAccess.Assumed, _, _) => Finding.Good("roles", $"{target.DeployerRoleArn} can be assumed"),
            (DeployerAccess.Caller, _, _) => Finding.Good("roles", "the credentials are those of the environment's own role"),
            (_, true, _) => Finding.Careful(
                "roles", $"{target.DeployerRoleArn} exists and the caller may not assume it: the caller's own rights are used.", "Name the caller's role in 'cluster.administrators', or use credentials of an administrator or of the workflow."),
            (_, false, null) => Finding.Careful("roles", "There are no roles for this environment yet.", "Run 'platform aws bootstrap' as an administrator; or deploy as one, which makes them first."),
            _ => Finding.Careful("roles", "Whether there are roles for this environment could not be seen.", "Run 'platform aws bootstrap' as an administrator, if nobody has."),
        });

        var (actions, purpose) = isThere || target.Access == DeployerAccess.Caller ? (Permissions.ToDeploy, "to deploy") : (Permissions.ToBootstrap.Union(Permissions.ToDeploy, StringComparer.Ordinal).ToImmutableArray(), "to make the first stacks and to deploy");
        if (target.Access != DeployerAccess.Assumed)
        {
            findings.Add(await Permissions.MissingAsync(target.Caller, target.Identity, actions, cancellationToken) switch
            {
                null => Finding.Careful("permissions", "IAM may not be asked what the caller may do (iam:SimulatePrincipalPolicy, iam:GetRole).", "Allow both to see it here; otherwise a deployment says what is missing when it comes to it."),
                { IsEmpty: true } => Finding.Good("permissions", $"all that is needed {purpose}"),
                { } missing => Finding.Bad("permissions", TargetProblems.MissingPermissions(target.Identity.Arn, missing, purpose)),
            });
        }

        return findings.ToImmutable();
    }

    private async Task<ImmutableArray<Finding>> QuotasAsync(AwsTarget target, CancellationToken cancellationToken)
    {
        if (settings.Cluster.Existing is not null)
        {
            return [];
        }

        var session = target.Deployer;
        var hasNetwork = await TriedAsync("quotas", () => session.CloudFormation.DescribeStackAsync(Names.Stack(NetworkStack.ShortName), cancellationToken)) is { Value: not null };
        var needsNetwork = !hasNetwork && settings.Network.Existing is null;
        var vpcs = LimitAsync(session, ServiceLimit.Vpcs, needsNetwork ? 1 : 0, async () => await session.Ec2.DescribeVpcsAsync([], cancellationToken).CountAsync(cancellationToken), cancellationToken);
        var addresses = LimitAsync(session, ServiceLimit.ElasticAddresses, needsNetwork ? settings.Network.NatGateways : 0, async () => (await session.Ec2.DescribeAddressesAsync([], cancellationToken)).Length, cancellationToken);
        var processors = LimitAsync(
            session,
            settings.Cluster.Capacity == Capacity.Spot ? ServiceLimit.SpotProcessors : ServiceLimit.OnDemandProcessors,
            settings.Profile switch { Profile.Dev => 2, Profile.Staging => 4, _ => 6 },
            count: null,
            cancellationToken);
        var hasCluster = await TriedAsync("quotas", () => session.CloudFormation.DescribeStackAsync(Names.Stack(ClusterStack.ShortName), cancellationToken)) is { Value: not null };
        var clusters = LimitAsync(session, ServiceLimit.Clusters, hasCluster ? 0 : 1, async () => await session.Eks.ListClustersAsync(cancellationToken).CountAsync(cancellationToken), cancellationToken);
        return [.. await Task.WhenAll(vpcs, addresses, clusters, processors)];
    }

    // Without a count, what is in use is not known: what is needed alone must be allowed.
    private static async Task<Finding> LimitAsync(AwsSession session, ServiceLimit limit, int need, Func<Task<int>>? count, CancellationToken cancellationToken)
    {
        var quota = await TriedAsync(limit.Name, () => session.ServiceQuotas.GetServiceQuotaAsync(limit.Service, limit.Code, cancellationToken));
        var used = count is null ? (null, null) : await TriedAsync(limit.Name, async () => (object)await count());
        if ((quota.Finding ?? used.Finding) is { } failed)
        {
            return failed;
        }

        if (quota.Value is not { } most)
        {
            return Finding.Careful(limit.Name, "Service Quotas does not know this limit here.", "See the console of Service Quotas before the first deployment.");
        }

        var have = used.Value as int?;
        return (have ?? 0) + need > most.Value
            ? Finding.Bad(limit.Name, TargetProblems.Quota(limit.Name, have, need, (int)most.Value, limit.Code, cure: null))
            : Finding.Good(limit.Name, string.Create(CultureInfo.InvariantCulture, $"{(have is { } known ? $"{known} in use, {need} more needed" : $"{need} needed")}, {most.Value:0} allowed"));
    }

    private async Task<ImmutableArray<Finding>> VersionsAsync(AwsTarget target, CancellationToken cancellationToken)
    {
        if (settings.Cluster.Existing is not null)
        {
            return [];
        }

        var versions = await TriedAsync("Kubernetes", async () => await target.Deployer.Eks.DescribeClusterVersionsAsync(versionStatus: null, cancellationToken).ToListAsync(cancellationToken));
        if (versions.Value is not { } all)
        {
            return versions.Finding is { } failed ? [failed] : [];
        }

        var problems = Preflights.VersionProblems(settings, [.. all]).Select(problem => Finding.Bad("Kubernetes", problem)).ToList();
        if (problems.Count > 0)
        {
            return [.. problems];
        }

        const int soon = 90;
        var ends = all.Find(version => version.Version == settings.Cluster.Version)?.EndOfStandardSupportDate;
        var left = ends is { } date ? (int)Math.Floor((date - target.Time.GetUtcNow()).TotalDays) : (int?)null;
        return
        [
            left is { } days && days < soon
                ? Finding.Careful(
                    "Kubernetes",
                    string.Create(CultureInfo.InvariantCulture, $"{settings.Cluster.Version} has standard support for {days} days more, until {ends:yyyy-MM-dd}; then its control plane costs six times as much."),
                    "Plan the upgrade: 'cluster.version', one minor version at a time.")
                : Finding.Good("Kubernetes", $"{settings.Cluster.Version}{(ends is { } end ? string.Create(CultureInfo.InvariantCulture, $", standard support until {end:yyyy-MM-dd}") : "")}"),
        ];
    }

    private async Task<ImmutableArray<Finding>> RegistryAsync(AwsTarget target, CancellationToken cancellationToken)
    {
        if (settings.Registry.Existing is { } existing)
        {
            return [Finding.Good("registry", $"{existing}; 'platform images push --dry-run' tries it")];
        }

        var login = await TriedAsync("registry", async () => (RegistryLogin?)await target.Deployer.Ecr.LoginAsync(cancellationToken));
        return [login.Finding ?? Finding.Good("registry", ImageRegistry.Of(settings with { Account = target.Account }))];
    }

    // What a look fails with is a finding of its own; being refused to look says nothing of what would be seen.
    private static async Task<(T? Value, Finding? Finding)> TriedAsync<T>(string subject, Func<Task<T?>> look)
        where T : class
    {
        try
        {
            return (await look(), null);
        }
        catch (AwsException denied) when (denied.Error.Kind == AwsErrorKind.AccessDenied)
        {
            return (null, Finding.Careful(subject, $"Not looked at, as the caller may not: {denied.Error.Action}.", denied.Problems[0].Fix));
        }
        catch (DeployException failed)
        {
            return (null, Finding.Bad(subject, failed.Problems[0]));
        }
    }
}
