using System.IO.Compression;
using System.Net;
using Platform.WebApp.Tests.Hosts;

namespace Platform.WebApp.Tests.App;

public sealed class EdgeTests : IAsyncDisposable
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly WebAppFactory _app = new();

    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    [InlineData("/missing")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        using var response = await GetAsync(path);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                ["X-Content-Type-Options"] = "nosniff",
                ["X-Frame-Options"] = "DENY",
                ["Referrer-Policy"] = "no-referrer",
                ["Cross-Origin-Opener-Policy"] = "same-origin",
                ["Cross-Origin-Resource-Policy"] = "same-origin",
                ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            },
            response.Headers.Where(header => header.Key is not ("Cache-Control" or "Vary")).ToDictionary(header => header.Key, header => header.Value.Single()));
    }

    [Theory]
    [InlineData("/", "br", "br")]
    [InlineData("/", "gzip", "gzip")]
    [InlineData("/", "gzip, deflate, br, zstd", "br")]
    [InlineData("/", "identity", null)]
    [InlineData("/api/status", "br", "br")]
    [InlineData("/openapi/v1.json", "br", "br")]
    [InlineData("/missing", "gzip", "gzip")]
    public async Task Answers_are_compressed_as_the_caller_accepts(string path, string accepted, string? encoding)
    {
        using var response = await GetAsync(path, ("Accept-Encoding", accepted));

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var body = await response.Content.ReadAsStreamAsync(_cancellation);
        await using var plain = Plain(body, encoding);
        using var reader = new StreamReader(plain);
        Assert.Matches("^[<{]", await reader.ReadToEndAsync(_cancellation));
    }

    [Fact]
    public async Task The_style_sheet_is_kept_for_good_and_known_again_by_its_tag()
    {
        var path = await StylesheetAsync();

        using var first = await GetAsync(path);
        using var second = await GetAsync(path, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(
            (HttpStatusCode.OK, "text/css; charset=utf-8", "public, max-age=31536000, immutable", HttpStatusCode.NotModified),
            (first.StatusCode, first.Content.Headers.ContentType?.ToString(), first.Headers.CacheControl?.ToString(), second.StatusCode));
    }

    [Fact]
    public async Task The_style_sheet_of_another_build_is_answered_but_not_kept()
    {
        using var response = await GetAsync("/assets/site.000000000000.css");

        Assert.Equal((HttpStatusCode.OK, "no-cache"), (response.StatusCode, response.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task Over_https_strict_transport_is_asked_for()
    {
        await using var app = new WebAppFactory(("KNOWN_PROXIES", "10.0.0.0/8"), ("AllowedHosts", "*"));
        using var client = app.CreatePlainClient();
        using var request = Request("http://shop.example/", (WebAppFactory.ClientHeader, "10.1.2.3"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9"));

        using var response = await client.SendAsync(request, _cancellation);

        Assert.Equal("max-age=2592000", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<string> StylesheetAsync()
    {
        using var page = await GetAsync("/");
        return (await page.Content.ReadAsStringAsync(_cancellation)).Split("""<link rel="stylesheet" href=" """.TrimEnd())[1].Split('"')[0];
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var client = _app.CreatePlainClient();
        using var request = Request(path, headers);
        return await client.SendAsync(request, _cancellation);
    }

    private static Stream Plain(Stream body, string? encoding) => encoding switch
    {
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        _ => body,
    };

    private static HttpRequestMessage Request(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
