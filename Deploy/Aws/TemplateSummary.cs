using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>What ValidateTemplate and GetTemplateSummary find in a template.</summary>
/// <param name="Capabilities">That a change set with it has to name.</param>
/// <param name="CapabilitiesReason">The resources that need them.</param>
/// <param name="ResourceTypes">Empty for ValidateTemplate, which does not tell them.</param>
internal sealed record TemplateSummary(
    ImmutableArray<TemplateParameter> Parameters,
    ImmutableArray<string> Capabilities,
    string? CapabilitiesReason,
    ImmutableArray<string> DeclaredTransforms,
    ImmutableArray<string> ResourceTypes)
{
    public static TemplateSummary Read(XElement element) => new(
        element.Members(nameof(Parameters), TemplateParameter.Read),
        element.Texts(nameof(Capabilities)),
        element.Text(nameof(CapabilitiesReason)),
        element.Texts(nameof(DeclaredTransforms)),
        element.Texts(nameof(ResourceTypes)));
}

/// <param name="ParameterType">Null for ValidateTemplate.</param>
internal sealed record TemplateParameter(string ParameterKey, string? DefaultValue, string? ParameterType, bool NoEcho, string? Description)
{
    public static TemplateParameter Read(XElement element) => new(
        element.Always(nameof(ParameterKey)), element.Text(nameof(DefaultValue)), element.Text(nameof(ParameterType)), element.Flag(nameof(NoEcho)), element.Text(nameof(Description)));
}
