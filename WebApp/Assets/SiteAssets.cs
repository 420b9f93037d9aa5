using Microsoft.Net.Http.Headers;

namespace Platform.WebApp.Assets;

internal static class SiteAssets
{
    private const string KeptForGood = "public, max-age=31536000, immutable";
    private const string AskedAgain = "no-cache";

    public static readonly Asset Stylesheet = Asset.Load("site", ".css", "text/css; charset=utf-8");
    public static readonly Asset Icon = Asset.Load("icon", ".svg", "image/svg+xml");

    public static void MapAssets(this WebApplication app)
    {
        Map(app, Stylesheet);
        Map(app, Icon);
    }

    /// <remarks>While a new build is rolled out, a page of one build asks an instance of the other for its assets: any hash gets what there is, and only
    /// the right one may be kept.</remarks>
    private static void Map(WebApplication app, Asset asset)
    {
        // Weak, because the body may be compressed on its way.
        var tag = new EntityTagHeaderValue($"\"{asset.Hash}\"", isWeak: true);
        app.MapGet($"/assets/{asset.Name}.{{hash}}{asset.Extension}", (string hash, HttpResponse response) =>
            {
                response.Headers.CacheControl = hash == asset.Hash ? KeptForGood : AskedAgain;
                return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: tag);
            })
            .ExcludeFromDescription();
    }
}
