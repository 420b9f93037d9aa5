using System.Globalization;

namespace Platform.Simulator.Faults;

/// <summary>Reads the texts of rules, and knows all names that stand in them.</summary>
internal static class FaultReading
{
    private static readonly string[] Services =
        ["*", "acm", "cloudformation", "ec2", "ecr", "eks", "elasticloadbalancing", "iam", "logs", "registry", "secretsmanager", "servicequotas", "ssm", "sts", "tagging"];

    private static readonly string[] Actions =
        ["throttle", "latency", "status", "error", "html", "cut", "refuse", "hang", "hang-before", "expired-token"];

    private static readonly string[] StackActions = ["fail", "rollback-fail", "delete-fail"];

    private static readonly string[] Quotas = ["vpc", "address", "vcpu", "spot-vcpu", "cluster"];

    private static readonly string[] Severities = ["critical", "high", "medium", "low", "informational"];

    private static readonly string[] Others = ["stack", "quota", "certificate", "leftovers", "scan", "drift"];

    public static FaultRule Read(string text)
    {
        var (target, action) = Split(text, '=');
        var (subject, rest) = Split(target, ':');
        return subject switch
        {
            "leftovers" when action is null && rest is null => new FaultRule.Leftovers(text),
            "certificate" when action == "pending" && rest is null => new FaultRule.PendingCertificate(text),
            "certificate" => throw Wrong(text, "the only fault of certificates is certificate=pending"),
            "drift" when rest is { Length: > 0 } && action is null => new FaultRule.Drift(text, rest),
            "drift" => throw Wrong(text, "it is written drift:LOGICALID"),
            "stack" when rest is { Length: > 0 } && action is { Length: > 0 } => Stack(text, rest, action),
            "stack" => throw Wrong(text, "it is written stack:LOGICALID=fail, =rollback-fail or =delete-fail"),
            "quota" when rest is not null && action is not null => Quota(text, rest, action),
            "quota" => throw Wrong(text, "it is written quota:vpc=0"),
            "scan" when rest is not null && action is not null => Scan(text, rest, action),
            "scan" => throw Wrong(text, "it is written scan:critical=2"),
            _ when rest is null && !Services.Contains(Split(subject, '#').Before) => throw Unknown(text, subject, "fault", [.. Others, .. Services]),
            _ => Call(text, target, action),
        };
    }

    private static FaultRule.Stack Stack(string text, string logicalId, string action)
    {
        var (name, reason) = Split(action, ':');
        return name switch
        {
            "fail" => new FaultRule.Stack(text, logicalId, StackFault.Fail, reason),
            "rollback-fail" => new FaultRule.Stack(text, logicalId, StackFault.RollbackFail, reason),
            "delete-fail" => new FaultRule.Stack(text, logicalId, StackFault.DeleteFail, reason),
            _ => throw Unknown(text, name, "fault of a stack", StackActions),
        };
    }

    private static FaultRule.Quota Quota(string text, string name, string value) =>
        !Quotas.Contains(name) ? throw Unknown(text, name, "quota", Quotas)
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new FaultRule.Quota(text, name, number)
        : throw Wrong(text, $"'{value}' is no number");

    private static FaultRule.Scan Scan(string text, string severity, string value) =>
        !Severities.Contains(severity) ? throw Unknown(text, severity, "severity", Severities)
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new FaultRule.Scan(text, severity, number)
        : throw Wrong(text, $"'{value}' is no number");

    private static FaultRule.Call Call(string text, string target, string? action)
    {
        if (action is not { Length: > 0 })
        {
            throw Wrong(text, "what happens is missing; it is written SERVICE:OPERATION#N=ACTION");
        }

        var (names, number) = Split(target, '#');
        var (service, operation) = Split(names, ':');
        if (!Services.Contains(service))
        {
            string[] all = [.. Others, .. Services];
            throw Others.Contains(Nearest(service, all)) ? Unknown(text, service, "fault", all) : Unknown(text, service, "service", Services);
        }

        var andLater = number is null || number.EndsWith('+');
        var first = 1;
        if (number is not null && (!int.TryParse(number.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out first) || first < 1))
        {
            throw Wrong(text, $"'#{number}' is no number of a call; it is written #2 or #2+");
        }

        return new FaultRule.Call(text, new CallPattern(service, operation is { Length: > 0 } ? operation : "*", first, andLater), Action(text, action));
    }

    private static CallFault Action(string text, string action)
    {
        var (name, value) = Split(action, ':');
        return (name, value) switch
        {
            ("throttle", null) => new CallFault.Throttle(),
            ("latency", { } delay) when Seconds(delay) is { } span => new CallFault.Latency(span),
            ("latency", _) => throw Wrong(text, "it is written latency:5s or latency:200ms"),
            ("status", { } status) when int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 400 and <= 599 => new CallFault.Status(code),
            ("status", _) => throw Wrong(text, "it is written status:503, from 400 to 599"),
            ("error", { Length: > 0 } code) => new CallFault.Error(code),
            ("error", _) => throw Wrong(text, "it is written error:CODE, such as error:AccessDenied"),
            ("html", null) => new CallFault.Html(),
            ("cut", null) => new CallFault.Cut(),
            ("refuse", null) => new CallFault.Refuse(),
            ("hang", null) => new CallFault.Hang(),
            ("hang-before", null) => new CallFault.HangBefore(),
            ("expired-token", null) => new CallFault.ExpiredToken(),
            _ when Actions.Contains(name) => throw Wrong(text, $"'{name}' takes no value"),
            _ => throw Unknown(text, name, "action", Actions),
        };
    }

    private static TimeSpan? Seconds(string text)
    {
        var (unit, factor) = text.EndsWith("ms", StringComparison.Ordinal) ? ("ms", 0.001) : text.EndsWith('s') ? ("s", 1d) : ("", 0d);
        return factor > 0 && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 3_600
            ? TimeSpan.FromSeconds(number * factor)
            : null;
    }

    private static (string Before, string? After) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);

    private static FormatException Wrong(string text, string why) => new($"SIM001: '{text}' is no fault: {why}.");

    private static FormatException Unknown(string text, string name, string kind, IReadOnlyList<string> known) =>
        new($"SIM001: '{text}' is no fault: there is no {kind} '{name}'. Nearest: '{Nearest(name, known)}'. All: {string.Join(", ", known)}.");

    private static string? Nearest(string name, IReadOnlyList<string> known) => known.MinBy(candidate => Distance(name, candidate));

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
