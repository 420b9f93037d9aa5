using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A site that a Dockerfile describes, built and pushed once for all tests of a class.</summary>
public sealed class BuiltSite : IAsyncLifetime
{
    private const string Dockerfile =
        """
        ARG BASE
        FROM ${BASE}
        ARG GREETING
        COPY site/ /site/
        COPY page.txt /page.txt
        ENV GREETED=yes
        USER 1654
        """;

    private SampleApplication? _application;
    private PrivateBuilder? _builder;
    private PushResult? _first;

    internal BaseRegistry Bases { get; } = new();

    internal PushResult First => _first ?? throw new InvalidOperationException("It was not built.");

    internal ImageOrder Order
    {
        get
        {
            var application = _application ?? throw new InvalidOperationException("It was not created.");
            var source = new ImageSource.Build("../Site", "../Site/Dockerfile")
            {
                Args = ImmutableSortedDictionary.Create<string, Value?>(StringComparer.Ordinal).Add("BASE", Value.Of(Bases.BaseImage)).Add("GREETING", Value.Of("hush")),
            };
            return application.Order(Bases.BaseImage) with { Images = [new ImageModel("site", "shop/site", source) { LogicalId = "SiteRepository" }] };
        }
    }

    public async ValueTask InitializeAsync()
    {
        await Bases.InitializeAsync();
        _application = SampleApplication.Create(Bases);
        _application.Write("Site/Dockerfile", Dockerfile);
        _application.Write("Site/site/index.html", "<p>Hello</p>\n");
        _application.Write("Site/site/deep/er.txt", "deep\n");
        _application.Write("Site/page.txt", "page\n");
        _application.Commit("Add a site", "2026-05-06T07:08:09Z");
        _builder = new PrivateBuilder(Bases.Registry);
        _first = await Order.PushAsync(Bases.Registry);
    }

    public ValueTask DisposeAsync()
    {
        _builder?.Dispose();
        _application?.Dispose();
        return Bases.DisposeAsync();
    }
}
