using System.Text.Json.Nodes;

namespace Platform.Simulator.Accounts;

/// <summary>A part of an account that is kept in the state folder beside the resources, such as CloudFormation's stacks.</summary>
internal interface IKept
{
    /// <summary>Its member in the account's file: small letters, one word.</summary>
    string Name { get; }

    JsonNode Save();

    /// <summary>Called once, before anything else, where the folder holds one.</summary>
    void Load(JsonNode saved);
}
