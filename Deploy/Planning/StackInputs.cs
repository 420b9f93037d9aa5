using System.Collections.Immutable;
using System.Diagnostics;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>What to pass to a stack.</summary>
/// <param name="Known">In the order of the template's parameters. One that is missing has its default in the template.</param>
/// <param name="Unknown">Names of parameters whose value is the output of a stack that is not there yet.</param>
internal sealed record StackArguments(ImmutableArray<StackArgument> Known, ImmutableArray<string> Unknown);

/// <summary>Where the values of parameters are looked up.</summary>
/// <param name="Session">With the rights to look at the account.</param>
/// <param name="Identity">Whose account it is.</param>
/// <param name="Model">Of the environment.</param>
internal sealed record StackInputSource(AwsSession Session, CallerIdentity Identity, DeploymentModel Model)
{
    /// <summary>The state of a stack by its full name; null where it is not there, or not complete.</summary>
    public required Func<string, CancellationToken, Task<StackState?>> StackAsync { get; init; }

    /// <summary>Full name of a stack by its short one.</summary>
    public required Func<string, string?> StackName { get; init; }

    /// <summary>IPv4 address under which AWS sees whoever deploys.</summary>
    public required Func<CancellationToken, Task<string>> CallerAddressAsync { get; init; }
}

/// <summary>Finds what a stack's parameters are to be: the one place that knows it for plans and for deployments. What it asked once it keeps.</summary>
internal sealed class StackInputs(StackInputSource source)
{
    private readonly Lock _lock = new();
    private Task<string>? _address;
    private Task<ImmutableArray<TaggedResource>>? _loadBalancing;

    /// <exception cref="DeployException">A value cannot be found that the stack has to have.</exception>
    public async Task<StackArguments> ResolveAsync(StackTemplate stack, CancellationToken cancellationToken)
    {
        var known = ImmutableArray.CreateBuilder<StackArgument>();
        var unknown = ImmutableArray.CreateBuilder<string>();
        foreach (var parameter in stack.Parameters)
        {
            if (parameter.Value is ParameterValue.Late late)
            {
                if (await OutputAsync(late.Source, cancellationToken) is { } output)
                {
                    known.Add(new StackArgument(parameter.Name, output, UsePreviousValue: null));
                }
                else
                {
                    unknown.Add(parameter.Name);
                }
            }
            else if (await ValueAsync(stack, parameter, cancellationToken) is { } value)
            {
                known.Add(new StackArgument(parameter.Name, value, UsePreviousValue: null));
            }
        }

        return new StackArguments(known.ToImmutable(), unknown.ToImmutable());
    }

    private async Task<string?> ValueAsync(StackTemplate stack, StackParameter parameter, CancellationToken cancellationToken) => parameter.Value switch
    {
        ParameterValue.Text text => text.Value,
        ParameterValue.CallerCidr => $"{await Once(ref _address, () => source.CallerAddressAsync(cancellationToken))}/32",
        ParameterValue.AddonVersion addon => await AddonVersionAsync(addon.Addon, cancellationToken),
        ParameterValue.UnlessOidcProvider provider => await ProviderAsync(stack, parameter.Name, provider, cancellationToken),
        ParameterValue.LoadBalancer balancer => await LoadBalancerAsync(balancer, cancellationToken),
        ParameterValue.TargetGroup group => await TargetGroupAsync(group, cancellationToken),
        _ => throw new UnreachableException(),
    };

    private async Task<string?> OutputAsync(LateValue late, CancellationToken cancellationToken) =>
        source.StackName(late.Stack) is { } name && await source.StackAsync(name, cancellationToken) is { } state
            ? state.Outputs.FirstOrDefault(output => output.OutputKey == late.Output)?.OutputValue
            : null;

    /// <summary>The version that EKS installs by itself into a cluster of this version; where it says none, the newest that fits.</summary>
    private async Task<string> AddonVersionAsync(string addon, CancellationToken cancellationToken)
    {
        var kubernetes = source.Model.Settings.Cluster.Version;
        var fitting = await source.Session.Eks.DescribeAddonVersionsAsync(addon, kubernetes, cancellationToken)
            .SelectMany(found => found.Versions)
            .Where(version => version.Compatibilities.Any(fit => fit.ClusterVersion == kubernetes))
            .ToListAsync(cancellationToken);
        var chosen = fitting.Find(version => version.Compatibilities.Any(fit => fit.ClusterVersion == kubernetes && fit.DefaultVersion)) ?? fitting.FirstOrDefault();
        return chosen?.Version ?? throw new DeployException(StackInputProblems.NoAddonVersion(addon, kubernetes));
    }

    // A provider that this stack made stays its own; one that somebody else made is used as it is, as an account has only one of an address.
    private async Task<string?> ProviderAsync(StackTemplate stack, string parameter, ParameterValue.UnlessOidcProvider provider, CancellationToken cancellationToken)
    {
        if (await source.StackAsync(stack.Name, cancellationToken) is { } state && state.Parameters.Any(passed => passed.ParameterKey == parameter && passed.ParameterValue == provider.Value))
        {
            return provider.Value;
        }

        var partition = source.Identity.Arn.Split(':') is [_, var found, ..] ? found : "aws";
        var arn = $"arn:{partition}:iam::{source.Identity.Account}:oidc-provider/{new Uri(provider.Url).Authority}{new Uri(provider.Url).AbsolutePath.TrimEnd('/')}";
        return await source.Session.Iam.GetOpenIDConnectProviderAsync(arn, cancellationToken) is null ? provider.Value : null;
    }

    private async Task<string?> LoadBalancerAsync(ParameterValue.LoadBalancer wanted, CancellationToken cancellationToken)
    {
        if (await TaggedAsync("loadbalancer/", wanted.Ingress, cancellationToken) is not { } arn
            || await source.Session.LoadBalancing.DescribeLoadBalancerAsync(arn, cancellationToken) is not { } balancer)
        {
            return null;
        }

        return wanted.Attribute switch
        {
            LoadBalancerAttribute.DnsName => balancer.DNSName,
            LoadBalancerAttribute.HostedZoneId => balancer.CanonicalHostedZoneId,
            LoadBalancerAttribute.Dimension => arn[(arn.IndexOf("loadbalancer/", StringComparison.Ordinal) + "loadbalancer/".Length)..],
            _ => throw new UnreachableException(),
        };
    }

    // The controller writes into a tag which Service's port a target group is of: NAMESPACE/INGRESS-SERVICE:PORT.
    private async Task<string?> TargetGroupAsync(ParameterValue.TargetGroup wanted, CancellationToken cancellationToken)
    {
        var groups = await LoadBalancingAsync(cancellationToken);
        var resource = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{source.Model.Settings.Namespace}/{wanted.Ingress}-{wanted.Workload}:{wanted.Port}");
        var arn = groups.FirstOrDefault(group => group.ResourceARN.Contains(":targetgroup/", StringComparison.Ordinal)
            && group.Tags.Any(tag => tag.Key is "ingress.eks.amazonaws.com/resource" or "ingress.k8s.aws/resource" && tag.Value == resource))?.ResourceARN;
        return arn?[(arn.IndexOf(":targetgroup/", StringComparison.Ordinal) + 1)..];
    }

    private async Task<string?> TaggedAsync(string kind, string ingress, CancellationToken cancellationToken)
    {
        var stack = $"{source.Model.Settings.Namespace}/{ingress}";
        return (await LoadBalancingAsync(cancellationToken)).FirstOrDefault(resource => resource.ResourceARN.Contains($":{kind}", StringComparison.Ordinal)
            && resource.Tags.Any(tag => tag.Key is "ingress.eks.amazonaws.com/stack" or "ingress.k8s.aws/stack" && tag.Value == stack))?.ResourceARN;
    }

    private Task<ImmutableArray<TaggedResource>> LoadBalancingAsync(CancellationToken cancellationToken) => Once(ref _loadBalancing, async () =>
    {
        ImmutableArray<string> types = ["elasticloadbalancing:loadbalancer", "elasticloadbalancing:targetgroup"];
        var ofAutoMode = source.Session.Tagging.GetResourcesAsync([new TagFilter("eks:eks-cluster-name", [source.Model.ClusterName])], types, cancellationToken);
        var ofController = source.Session.Tagging.GetResourcesAsync([new TagFilter("elbv2.k8s.aws/cluster", [source.Model.ClusterName])], types, cancellationToken);
        return [.. await ofAutoMode.ToListAsync(cancellationToken), .. await ofController.ToListAsync(cancellationToken)];
    });

    private Task<T> Once<T>(ref Task<T>? known, Func<Task<T>> ask)
    {
        lock (_lock)
        {
            return known is null or { IsFaulted: true } or { IsCanceled: true } ? known = ask() : known;
        }
    }
}
