using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>What is the same for all workloads, as a part of <see cref="ModelJson"/>. Settings of single resources are in what was bound with them.</summary>
internal static class ModelSettingsJson
{
    public static void Write(Utf8JsonWriter writer, EnvironmentSettings settings)
    {
        writer.WriteStartObject("settings");
        writer.WriteString("account", settings.Account);
        Texts(writer, "availabilityZones", settings.AvailabilityZones);
        writer.WriteStartObject("tags");
        foreach (var (name, value) in settings.Tags)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        Network(writer, settings.Network);
        Cluster(writer, settings.Cluster);
        writer.WriteStartObject("registry");
        writer.WriteString("existing", settings.Registry.Existing);
        writer.WriteEndObject();
        Edge(writer, settings.Edge);
        Operations(writer, settings.Operations);
        Delivery(writer, settings);
        writer.WriteEndObject();
    }

    private static void Network(Utf8JsonWriter writer, NetworkSettings network)
    {
        writer.WriteStartObject("network");
        writer.WriteString("cidr", network.Cidr);
        Word(writer, "egress", network.Egress);
        writer.WriteNumber("natGateways", network.NatGateways);
        Word(writer, "flowLogs", network.FlowLogs);
        if (network.Existing is { } existing)
        {
            writer.WriteStartObject("existing");
            writer.WriteString("vpcId", existing.VpcId);
            writer.WriteString("cidr", existing.Cidr);
            Texts(writer, "publicSubnetIds", existing.PublicSubnetIds);
            Texts(writer, "nodeSubnetIds", existing.NodeSubnetIds);
            Texts(writer, "controlPlaneSubnetIds", existing.ControlPlaneSubnetIds);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Cluster(Utf8JsonWriter writer, ClusterSettings cluster)
    {
        writer.WriteStartObject("cluster");
        writer.WriteString("version", cluster.Version);
        Word(writer, "compute", cluster.Compute);
        Word(writer, "endpoint", cluster.Endpoint);
        Texts(writer, "publicAccessCidrs", cluster.PublicAccessCidrs);
        Texts(writer, "architectures", [.. cluster.Architectures.Select(architecture => Camel(architecture.ToString()))]);
        Word(writer, "capacity", cluster.Capacity);
        Word(writer, "support", cluster.Support);
        writer.WriteBoolean("overprovision", cluster.Overprovision);
        Texts(writer, "administrators", cluster.Administrators);
        Texts(writer, "operators", cluster.Operators);
        if (cluster.Existing is { } existing)
        {
            writer.WriteStartObject("existing");
            writer.WriteString("name", existing.Name);
            writer.WriteBoolean("autoMode", existing.AutoMode);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Edge(Utf8JsonWriter writer, EdgeSettings edge)
    {
        writer.WriteStartObject("edge");
        writer.WriteString("domain", edge.Domain);
        writer.WriteString("hostedZoneId", edge.HostedZoneId);
        writer.WriteString("certificateArn", edge.CertificateArn);
        writer.WriteBoolean("allowHttp", edge.AllowHttp);
        writer.WriteBoolean("internetFacing", edge.InternetFacing);
        Texts(writer, "inboundCidrs", edge.InboundCidrs);
        writer.WriteBoolean("waf", edge.Waf);
        writer.WriteBoolean("protection", edge.Protection);
        writer.WriteEndObject();
    }

    private static void Operations(Utf8JsonWriter writer, OperationsSettings operations)
    {
        writer.WriteStartObject("operations");
        writer.WriteBoolean("bastion", operations.Bastion);
        writer.WriteBoolean("alarms", operations.Alarms);
        writer.WriteString("email", operations.Email);
        if (operations.MonthlyBudget is { } budget)
        {
            writer.WriteNumber("monthlyBudget", budget);
        }
        else
        {
            writer.WriteNull("monthlyBudget");
        }

        writer.WriteBoolean("observability", operations.Observability);
        writer.WriteNumber("logRetentionDays", operations.LogRetentionDays);
        writer.WriteEndObject();
    }

    private static void Delivery(Utf8JsonWriter writer, EnvironmentSettings settings)
    {
        writer.WriteStartObject("gitHub");
        writer.WriteString("repository", settings.GitHub.Repository);
        writer.WriteString("ownerId", settings.GitHub.OwnerId);
        writer.WriteString("repositoryId", settings.GitHub.RepositoryId);
        writer.WriteEndObject();
        writer.WriteStartObject("gitOps");
        writer.WriteString("repository", settings.GitOps.Repository);
        writer.WriteString("path", settings.GitOps.Path);
        writer.WriteString("revision", settings.GitOps.Revision);
        writer.WriteBoolean("autoSync", settings.GitOps.AutoSync);
        writer.WriteEndObject();
        writer.WriteStartObject("images");
        writer.WriteBoolean("mirror", settings.Images.Mirror);
        writer.WriteString("baseImage", settings.Images.BaseImage);
        writer.WriteString("gateImage", settings.Images.GateImage);
        Word(writer, "publishing", settings.Images.Publishing);
        writer.WriteBoolean("readyToRun", settings.Images.ReadyToRun);
        Word(writer, "severityGate", settings.Images.SeverityGate);
        writer.WriteEndObject();
    }

    private static void Word<T>(Utf8JsonWriter writer, string name, T choice)
        where T : struct, Enum => writer.WriteString(name, Camel(choice.ToString()));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static void Texts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
