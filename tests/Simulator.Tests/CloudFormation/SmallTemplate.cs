using System.Text.Json.Nodes;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>A network of three resources, and what tests change in it.</summary>
internal static class SmallTemplate
{
    public static JsonObject Network() => Read("""
        {
          "Parameters": { "Size": { "Type": "String", "Default": "24" } },
          "Resources": {
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16", "EnableDnsSupport": true } },
            "Subnet": {
              "Type": "AWS::EC2::Subnet",
              "Properties": {
                "VpcId": { "Ref": "Vpc" }, "AvailabilityZone": "eu-central-1a", "CidrBlock": { "Fn::Sub": "10.0.0.0/${Size}" }, "MapPublicIpOnLaunch": false
              }
            },
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": "of all", "VpcId": { "Ref": "Vpc" } } }
          },
          "Outputs": {
            "VpcId": { "Value": { "Ref": "Vpc" }, "Export": { "Name": { "Fn::Sub": "${AWS::StackName}-VpcId" } } },
            "SubnetId": { "Value": { "Ref": "Subnet" } }
          }
        }
        """);

    /// <summary>Imports the network's.</summary>
    public static JsonObject Group() => Read("""
        {
          "Resources": {
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": "of the importer", "VpcId": { "Fn::ImportValue": "net-VpcId" } } }
          }
        }
        """);

    public static JsonObject LogGroup(string name) => Read($$"""
        { "Resources": { "Logs": { "Type": "AWS::Logs::LogGroup", "DeletionPolicy": "Delete", "Properties": { "LogGroupName": "{{name}}" } } } }
        """);

    public static JsonObject Read(string text) => JsonNode.Parse(text)!.AsObject();

    /// <param name="path">With dots.</param>
    public static JsonObject With(this JsonObject template, string path, JsonNode? value)
    {
        var changed = template.DeepClone().AsObject();
        var names = path.Split('.');
        var target = names[..^1].Aggregate(changed, (node, name) => node[name]!.AsObject());
        target[names[^1]] = value?.DeepClone();
        return changed;
    }

    public static JsonObject Without(this JsonObject template, string path)
    {
        var changed = template.DeepClone().AsObject();
        var names = path.Split('.');
        names[..^1].Aggregate(changed, (node, name) => node[name]!.AsObject()).Remove(names[^1]);
        return changed;
    }
}
