using Platform.WebApp.Assets;

namespace Platform.WebApp.Pages;

/// <summary>What all pages have around their own content. No script and no style in the page: the content security policy forbids both.</summary>
internal static class Layout
{
    public static Html Render(string title, string service, Html aside, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>{title}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta name="robots" content="noindex">
          <link rel="stylesheet" href="{SiteAssets.Stylesheet.Path}">
          <link rel="icon" type="image/svg+xml" href="{SiteAssets.Icon.Path}">
        </head>
        <body>
          <header class="top">
            <a class="brand" href="/"><img src="{SiteAssets.Icon.Path}" alt="" width="28" height="28"><span>{service}</span></a>
            {aside}
          </header>
          <main>
        {content}
          </main>
        </body>
        </html>

        """);
}
