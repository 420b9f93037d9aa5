using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>EKS, to look at: what is made and changed is made and changed by CloudFormation.</summary>
internal sealed class EksApi(SimulatedAccount account) : ISimulatedService
{
    private const string Cluster = "AWS::EKS::Cluster";
    private const string Update = "AWS::EKS::Update";

    public string SigningName => "eks";

    public WireProtocol Protocol { get; } = new WireProtocol.Rest(
    [
        new RestRoute("GET", "clusters", "ListClusters"),
        new RestRoute("GET", "clusters/{name}", "DescribeCluster"),
        new RestRoute("GET", "cluster-versions", "DescribeClusterVersions"),
        new RestRoute("GET", "clusters/{name}/updates", "ListUpdates"),
        new RestRoute("GET", "clusters/{name}/updates/{updateId}", "DescribeUpdate"),
        new RestRoute("GET", "clusters/{name}/addons", "ListAddons"),
        new RestRoute("GET", "clusters/{name}/addons/{addonName}", "DescribeAddon"),
        new RestRoute("GET", "addons/supported-versions", "DescribeAddonVersions"),
        new RestRoute("GET", "clusters/{name}/node-groups", "ListNodegroups"),
        new RestRoute("GET", "clusters/{name}/access-entries", "ListAccessEntries"),
        new RestRoute("GET", "clusters/{name}/access-entries/{principalArn}", "DescribeAccessEntry"),
        new RestRoute("POST", "clusters/{name}/insights", "ListInsights"),
    ]);

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "ListClusters" => Names(call.Input, "clusters", account.Resources.All(Cluster).Select(cluster => cluster.Id)),
        "DescribeCluster" => Answer.Of(new JsonObject { ["cluster"] = EksShapes.Cluster(Find(call.Input)) }),
        "DescribeClusterVersions" => Versions(call.Input),
        "ListUpdates" => Names(call.Input, "updateIds", Of(call.Input, Update).OrderByDescending(update => update.CreatedAt).Select(update => update.Id)),
        "DescribeUpdate" => Answer.Of(new JsonObject { ["update"] = EksShapes.Update(Part(call.Input, Update, "updateId", update => update.Id)) }),
        "ListAddons" => Names(call.Input, "addons", Of(call.Input, "AWS::EKS::Addon").Select(addon => addon.Text("AddonName") ?? "")),
        "DescribeAddon" => Answer.Of(new JsonObject { ["addon"] = EksShapes.Addon(Part(call.Input, "AWS::EKS::Addon", "addonName", addon => addon.Text("AddonName"))) }),
        "DescribeAddonVersions" => AddonVersions(call.Input),
        "ListNodegroups" => Names(call.Input, "nodegroups", Of(call.Input, "AWS::EKS::Nodegroup").Select(group => group.Text("NodegroupName") ?? "")),
        "ListAccessEntries" => Names(call.Input, "accessEntries", Of(call.Input, "AWS::EKS::AccessEntry").Select(entry => entry.Text("PrincipalArn") ?? "")),
        "DescribeAccessEntry" => Answer.Of(new JsonObject
        {
            ["accessEntry"] = EksShapes.AccessEntry(Part(call.Input, "AWS::EKS::AccessEntry", "principalArn", entry => entry.Text("PrincipalArn"))),
        }),
        "ListInsights" => Insights(call.Input),
        _ => throw call.UnknownOperation(),
    };

    private static Answer Names(CallInput input, string list, IEnumerable<string> all)
    {
        var (names, next) = Paging.Page(all, input.Text("nextToken"), 100);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject { [list] = AwsJson.Texts(names), ["nextToken"] = next }));
    }

    private Answer Versions(CallInput input)
    {
        var wanted = input.Text("versionStatus");
        var found = KubernetesRelease.All.Reverse().Where(release => release.Released <= account.Now)
            .Where(release => wanted is null ? release.StatusAt(account.Now) != "UNSUPPORTED" : release.StatusAt(account.Now) == wanted);
        return Answer.Of(new JsonObject { ["clusterVersions"] = new JsonArray([.. found.Select(JsonNode? (release) => release.Json(account.Now))]) });
    }

    private static Answer AddonVersions(CallInput input)
    {
        var (name, kubernetes) = (input.Text("addonName"), input.Text("kubernetesVersion"));
        var releases = KubernetesRelease.All.Where(release => kubernetes is null || release.Version == kubernetes).ToList();
        if (name is null || releases.Count == 0)
        {
            return Answer.Of(new JsonObject { ["addons"] = new JsonArray() });
        }

        var versions = releases.SelectMany(release => release.AddonVersions().Select((version, index) => new JsonObject
        {
            ["addonVersion"] = version,
            ["architecture"] = AwsJson.Texts(["amd64", "arm64"]),
            ["computeTypes"] = AwsJson.Texts(["ec2", "auto", "hybrid"]),
            ["compatibilities"] = new JsonArray(new JsonObject
            {
                ["clusterVersion"] = release.Version,
                ["platformVersions"] = AwsJson.Texts(["*"]),
                ["defaultVersion"] = index == release.AddonVersions().Length - 1,
            }),
            ["requiresConfiguration"] = false,
            ["requiresIamPermissions"] = false,
        }));
        return Answer.Of(new JsonObject
        {
            ["addons"] = new JsonArray(new JsonObject
            {
                ["addonName"] = name,
                ["type"] = "observability",
                ["addonVersions"] = new JsonArray([.. versions]),
                ["publisher"] = "eks",
                ["owner"] = "aws",
            }),
        });
    }

    private Answer Insights(CallInput input)
    {
        var cluster = Find(input);
        var filter = input.Structure("filter") ?? CallInput.Empty;
        var isWanted = (filter.Texts("categories") is { IsEmpty: true } || filter.Texts("categories").Contains("UPGRADE_READINESS", StringComparer.Ordinal))
            && (filter.Texts("statuses") is { IsEmpty: true } || filter.Texts("statuses").Contains("PASSING", StringComparer.Ordinal));
        return Answer.Of(new JsonObject { ["insights"] = isWanted ? new JsonArray(EksShapes.Insight(cluster, account.Now)) : new JsonArray() });
    }

    private CloudResource Find(CallInput input) => account.Resources.Find(Cluster, input.Required("name"))
        ?? throw NotFound($"No cluster found for name: {input.Text("name")}.");

    private IEnumerable<CloudResource> Of(CallInput input, string type)
    {
        var cluster = Find(input);
        return account.Resources.All(type).Where(part => part.Text("ClusterName") == cluster.Id);
    }

    private CloudResource Part(CallInput input, string type, string name, Func<CloudResource, string?> nameOf) =>
        Of(input, type).FirstOrDefault(part => nameOf(part) == input.Text(name)) ?? throw NotFound($"No {type.Split(':')[^1].ToLowerInvariant()} found for {name}: {input.Text(name)}.");

    private static ServiceError NotFound(string message) => new("ResourceNotFoundException", message, 404);
}
