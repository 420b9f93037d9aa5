using System.Globalization;

namespace Platform.Deploy.Settings;

/// <summary>Texts that AWS gives or takes.</summary>
internal static class AwsFormats
{
    private const int AccountDigits = 12;

    public static readonly SettingFormat Account =
        new("an account id of 12 digits", "123456789012", text => text.Length == AccountDigits && TextFormats.Digits(text)) { Pattern = "^[0-9]{12}$" };

    /// <summary>The form alone: <see cref="Regions"/> knows which there are.</summary>
    public static readonly SettingFormat Region = new("the name of a region", "eu-central-1", IsRegion) { Pattern = "^[a-z]{2}(-[a-z]+)+-[0-9]+$" };

    public static readonly SettingFormat Zone =
        new("the name of an availability zone", "eu-central-1a", text => text.Length > 1 && char.IsAsciiLetterLower(text[^1]) && IsRegion(text[..^1]))
        {
            Pattern = "^[a-z]{2}(-[a-z]+)+-[0-9]+[a-z]$",
        };

    public static readonly SettingFormat Vpc = new("the id of a VPC", "vpc-0123456789abcdef0", text => IsId(text, "vpc-")) { Pattern = "^vpc-([0-9a-f]{8}|[0-9a-f]{17})$" };

    public static readonly SettingFormat Subnet =
        new("the id of a subnet", "subnet-0123456789abcdef0", text => IsId(text, "subnet-")) { Pattern = "^subnet-([0-9a-f]{8}|[0-9a-f]{17})$" };

    public static readonly SettingFormat HostedZone =
        new("the id of a Route 53 zone", "Z0123456789ABCDEFGHIJ", text => text.Length is > 1 and <= 32 && text[0] == 'Z' && text.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character)))
        {
            Pattern = "^Z[0-9A-Z]{1,31}$",
        };

    public static readonly SettingFormat Role =
        new("the ARN of an IAM role", "arn:aws:iam::123456789012:role/Admin", text => IsArn(text, "iam", "role/", IsAccount)) { Pattern = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$" };

    public static readonly SettingFormat Policy =
        new("the ARN of a managed policy", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", text => IsArn(text, "iam", "policy/", owner => owner == "aws" || IsAccount(owner)))
        {
            Pattern = "^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$",
        };

    public static readonly SettingFormat Certificate =
        new("the ARN of an ACM certificate", "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012", text => IsArn(text, "acm", "certificate/", IsAccount))
        {
            Pattern = "^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$",
        };

    public static readonly SettingFormat Secret =
        new("the name of a secret of Secrets Manager", "shop/production/blobs", text => IsMadeOf(text, 512, "/_+=.@-"))
        {
            Pattern = "^[A-Za-z0-9/_+=.@-]{1,512}$",
            IsConfidential = true,
        };

    public static readonly SettingFormat Cluster =
        new("the name of an EKS cluster", "shared-production", text => IsMadeOf(text, 100, "_-") && char.IsAsciiLetterOrDigit(text[0])) { Pattern = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$" };

    public static readonly SettingFormat TagName = new(
        "the name of a tag that may be chosen (letters, digits, spaces, _.:/=+-@; at most 128; not app, env, managed-by, aws:…)",
        "cost-center",
        text => IsTagText(text, 128) && text is not ("" or "app" or "env" or "managed-by") && !text.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
    {
        Pattern = "^(?!aws:|(app|env|managed-by)$).{1,128}$",
    };

    public static readonly SettingFormat TagValue =
        new("the value of a tag (letters, digits, spaces, _.:/=+-@; at most 256)", "4711", text => IsTagText(text, 256)) { Pattern = "^.{0,256}$" };

    /// <summary>The region that an ARN names; empty where it is global. The text is an ARN.</summary>
    public static string RegionOf(string arn) => arn.Split(':')[3];

    /// <summary>The account that an ARN names. The text is an ARN.</summary>
    public static string AccountOf(string arn) => arn.Split(':')[4];

    private static bool IsAccount(string text) => Account.Accepts(text);

    // Two letters, words, a number: eu-central-1, us-gov-west-1.
    private static bool IsRegion(string text) =>
        text.Split('-') is [{ Length: 2 } continent, .. { Length: > 0 } words, var number]
        && continent.All(char.IsAsciiLetterLower)
        && words.All(word => word.Length > 0 && word.All(char.IsAsciiLetterLower))
        && TextFormats.Digits(number);

    private static bool IsId(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length - prefix.Length is 8 or 17 && text[prefix.Length..].All(char.IsAsciiHexDigitLower);

    // arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE. A star would widen what is meant to be one thing.
    private static bool IsArn(string text, string service, string resource, Func<string, bool> isOwner) =>
        text.Split(':', 6) is ["arn", var partition, var named, _, var owner, var rest]
        && partition is "aws" or "aws-cn" or "aws-us-gov"
        && named == service
        && isOwner(owner)
        && rest.StartsWith(resource, StringComparison.Ordinal)
        && rest.Length > resource.Length
        && !rest.AsSpan().ContainsAny('*', '?', ' ');

    private static bool IsMadeOf(string text, int limit, string others) =>
        text.Length > 0 && text.Length <= limit && text.All(character => char.IsAsciiLetterOrDigit(character) || others.Contains(character, StringComparison.Ordinal));

    private static bool IsTagText(string text, int limit) =>
        text.Length <= limit
        && text.All(character => char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator || "_.:/=+-@".Contains(character, StringComparison.Ordinal));
}
