using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>Of a resource of any service.</summary>
internal sealed record AwsTag(string Key, string Value)
{
    public static AwsTag Read(XElement element) => new(element.Always(nameof(Key)), element.Always(nameof(Value)));

    /// <summary>EC2 writes its names with a small letter.</summary>
    public static AwsTag ReadOfEc2(XElement element) => new(element.Always("key"), element.Always("value"));

    public static void Write(QueryForm form, AwsTag tag) => form.Text(nameof(Key), tag.Key).Text(nameof(Value), tag.Value);
}
