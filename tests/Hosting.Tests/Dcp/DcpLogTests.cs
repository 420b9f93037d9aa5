using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class DcpLogTests
{
    [Theory]
    [InlineData("2026-11-23T05:08:52.029Z out put", "2026-11-23T05:08:52.0290000+00:00", "out put")]
    [InlineData("2026-11-23T05:08:52.123456789Z ns", "2026-11-23T05:08:52.1234567+00:00", "ns")]
    [InlineData("2026-11-23T05:08:52Z whole", "2026-11-23T05:08:52.0000000+00:00", "whole")]
    [InlineData("2026-11-23T05:08:52.029Z ", "2026-11-23T05:08:52.0290000+00:00", "")]
    [InlineData("2026-11-23T05:08:52.029Z", "2026-11-23T05:08:52.0290000+00:00", "")]
    [InlineData("2026-11-23T05:08:52.029Z\tinfo\tx", "2026-11-23T05:08:52.0290000+00:00", "info\tx")]
    [InlineData("Z no time", null, "Z no time")]
    [InlineData("no time", null, "no time")]
    [InlineData("", null, "")]
    public void A_line_is_a_time_and_a_text(string line, string? time, string text)
    {
        var parsed = DcpLogLine.Parse(line);

        Assert.Equal((line, time, text), (parsed.Raw, parsed.Timestamp?.ToString("O"), parsed.Text));
    }

    [Theory]
    [InlineData("info\tR\tStarting\t{\"Cmd\":\"x\"}", "info", "Starting", null)]
    [InlineData("error\tR\tFailed\t{\"error\": \"no such file\"}", "error", "Failed", "no such file")]
    [InlineData("error\tR\tFailed\tno json", "error", "Failed", null)]
    [InlineData("error\tR\tFailed", "error", "Failed", null)]
    public void A_system_line_has_level_message_and_cause(string text, string level, string message, string? error)
    {
        var parsed = DcpSystemMessage.Parse(DcpLogLine.Parse("2026-11-23T05:08:52.029Z\t" + text));

        Assert.Equal(new DcpSystemMessage(level, message, error), parsed);
    }

    [Fact]
    public void Another_line_is_no_system_message() =>
        Assert.Null(DcpSystemMessage.Parse(DcpLogLine.Parse("anything")));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{{.Name}}", "{{\"{{\"}}.Name}}")]
    [InlineData("{ {{{ }}", "{ {{\"{{\"}}{ }}")]
    public void Text_of_the_user_is_no_template(string text, string escaped) =>
        Assert.Equal(escaped, DcpTemplate.Escape(text));
}
