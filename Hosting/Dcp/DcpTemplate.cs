namespace Platform.Hosting.Dcp;

/// <summary>The Go templates that DCP expands in arguments, environment values and probe URLs.</summary>
internal static class DcpTemplate
{
    /// <summary>The private port on which this producer of <paramref name="service"/> has to listen.</summary>
    public static string PortForServing(string service) => $"{{{{- portForServing \"{service}\" -}}}}";

    /// <summary>The address which this producer of <paramref name="service"/> has to bind.</summary>
    public static string AddressForServing(string service) => $"{{{{- addressForServing \"{service}\" -}}}}";

    /// <summary>The public port of <paramref name="service"/>.</summary>
    public static string PortFor(string service) => $"{{{{- portFor \"{service}\" -}}}}";

    /// <summary>The public address of <paramref name="service"/>.</summary>
    public static string AddressFor(string service) => $"{{{{- addressFor \"{service}\" -}}}}";

    /// <summary>The name of the object itself, such as <c>web-0</c> of a replica.</summary>
    public static string ObjectName => "{{.Name}}";

    /// <summary>
    /// Text that the user wrote and that DCP must hand on as it is. Only <c>{{</c> begins a template, so only it is quoted,
    /// as <c>{{"{{"}}</c>.
    /// </summary>
    public static string Escape(string text) => text.Replace("{{", "{{\"{{\"}}", StringComparison.Ordinal);
}
