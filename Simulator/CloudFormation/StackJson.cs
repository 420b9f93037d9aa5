using System.Text.Json.Serialization;

namespace Platform.Simulator.CloudFormation;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StackRecords))]
internal sealed partial class StackJson : JsonSerializerContext;
