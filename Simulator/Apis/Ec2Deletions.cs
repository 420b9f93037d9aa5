using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>What EC2 lets go, and what it holds because something uses it.</summary>
internal static class Ec2Deletions
{
    private const string Interface = "AWS::EC2::NetworkInterface";
    private const string Group = "AWS::EC2::SecurityGroup";

    /// <returns>Null: another operation.</returns>
    public static Answer? Handle(SimulatedAccount account, ServiceCall call) => call.Operation switch
    {
        "DeleteNetworkInterface" => DeleteInterface(account, call.Input.Required("NetworkInterfaceId")),
        "DeleteSecurityGroup" => DeleteGroup(account, call.Input.Required("GroupId")),
        "DeleteVolume" => DeleteVolume(account, call.Input.Required("VolumeId")),
        "DeleteSnapshot" => Delete(account, "AWS::EC2::Snapshot", call.Input.Required("SnapshotId"), "InvalidSnapshot.NotFound"),
        "DeleteLaunchTemplate" => DeleteLaunchTemplate(account, call.Input.Required("LaunchTemplateId")),
        "DeleteVpcEndpoints" => DeleteEndpoints(account, call.Input),
        _ => null,
    };

    private static Answer DeleteInterface(SimulatedAccount account, string id)
    {
        var one = account.Resources.Find(Interface, id) ?? throw NotFound("InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");
        return one.Text("RequesterManaged") == "true" ? throw new ServiceError("OperationNotPermitted", $"You do not have permission to access the specified resource: {id}", 400)
            : one.State == "in-use" ? throw new ServiceError("InvalidNetworkInterface.InUse", $"Network interface '{id}' is currently in use.", 400)
            : Delete(account, Interface, id, "InvalidNetworkInterfaceID.NotFound");
    }

    private static Answer DeleteGroup(SimulatedAccount account, string id)
    {
        var group = account.Resources.Find(Group, id) ?? throw NotFound("InvalidGroup.NotFound", $"The security group '{id}' does not exist");
        if (group.Text("GroupName") == "default")
        {
            throw new ServiceError("CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user", 400);
        }

        var isUsed = account.Resources.All(Interface).Any(one => Network.GroupsOf(one).Contains(id, StringComparer.Ordinal))
            || SecurityGroupRules.All(account).Any(rule => rule.GroupId != id && rule.OtherGroup == id);
        return isUsed ? throw new ServiceError("DependencyViolation", $"resource {id} has a dependent object", 400) : Delete(account, Group, id, "InvalidGroup.NotFound");
    }

    private static Answer DeleteVolume(SimulatedAccount account, string id) => account.Resources.Find("AWS::EC2::Volume", id) is { State: "in-use" }
        ? throw new ServiceError("VolumeInUse", $"Volume {id} is currently attached", 400)
        : Delete(account, "AWS::EC2::Volume", id, "InvalidVolume.NotFound");

    private static Answer DeleteLaunchTemplate(SimulatedAccount account, string id)
    {
        var template = account.Resources.Find("AWS::EC2::LaunchTemplate", id) ?? throw NotFound("InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {id}, does not exist.");
        account.Resources.Remove(template.Type, id);
        return Answer.Of(Elements.Structure("launchTemplate", Ec2Elements.LaunchTemplate(template)));
    }

    // Its interfaces go with it.
    private static Answer DeleteEndpoints(SimulatedAccount account, CallInput input)
    {
        var missing = new List<string>();
        foreach (var id in input.Texts("VpcEndpointId"))
        {
            if (account.Resources.Find("AWS::EC2::VPCEndpoint", id) is not { } endpoint)
            {
                missing.Add(id);
                continue;
            }

            account.Resources.Remove(endpoint.Type, id);
            foreach (var one in endpoint.Texts("NetworkInterfaceIds"))
            {
                account.Resources.Remove(Interface, one);
            }
        }

        return Answer.Of(Elements.Items("unsuccessful", missing, id =>
        [
            Elements.Text("resourceId", id),
            Elements.Structure("error", Elements.Text("code", "InvalidVpcEndpoint.NotFound"), Elements.Text("message", $"The Vpc Endpoint Id '{id}' does not exist")),
        ]));
    }

    private static Answer Delete(SimulatedAccount account, string type, string id, string missing) =>
        account.Resources.Remove(type, id) ? Answer.Of(Elements.Flag("return", true)) : throw NotFound(missing, $"'{id}' does not exist");

    private static ServiceError NotFound(string code, string message) => new(code, message, 400);
}
