using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Platform.WebApp.Pages;

/// <summary>A piece of HTML, made from interpolated strings: <c>Html.Of($"…{value}…")</c>. What stands in the string is markup, what is put into it is
/// escaped, unless it is a piece of HTML itself. Valid in text and in attribute values in double quotes; nowhere else.</summary>
internal sealed class Html
{
    public static readonly Html Empty = new(string.Empty);
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html Of(Interpolation markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece._markup)));

    public override string ToString() => _markup;

    public async Task WriteToAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/html; charset=utf-8";
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.WriteAsync(_markup, cancellationToken);
        }
    }

    [InterpolatedStringHandler]
    internal readonly ref struct Interpolation(int literalLength, int formattedCount)
    {
        private const int RoomForOneValue = 32;
        private readonly StringBuilder _text = new(literalLength + (formattedCount * RoomForOneValue));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(text is null ? null : Encoder.Encode(text));

        public void AppendFormatted(Html? piece) => _text.Append(piece?._markup);

        public void AppendFormatted(int number) => _text.Append(number);

        public override string ToString() => _text.ToString();
    }
}
