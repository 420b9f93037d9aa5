using System.Globalization;
using System.Xml.Linq;

namespace Platform.Simulator.Protocols;

/// <summary>Writes the elements of answers. What is null is left out.</summary>
internal static class Elements
{
    public static XElement? Text(string name, string? value) => value is null ? null : new XElement(name, value);

    public static XElement? Flag(string name, bool? value) => Text(name, value is null ? null : value.Value ? "true" : "false");

    public static XElement? Number(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>ISO 8601 with milliseconds and Z.</summary>
    public static XElement? Time(string name, DateTimeOffset? value) => Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public static XElement Structure(string name, params IEnumerable<XElement?> fields) => new(name, fields.OfType<XElement>());

    /// <summary>A list of the query protocol.</summary>
    public static XElement List<T>(string name, IEnumerable<T> items, Func<T, IEnumerable<XElement?>> fields) =>
        new(name, items.Select(item => Structure("member", fields(item))));

    public static XElement Texts(string name, IEnumerable<string> items) => new(name, items.Select(item => new XElement("member", item)));

    /// <summary>A list of EC2.</summary>
    public static XElement Items<T>(string name, IEnumerable<T> items, Func<T, IEnumerable<XElement?>> fields) =>
        new(name, items.Select(item => Structure("item", fields(item))));
}
