using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A site that a Dockerfile describes, beside the sample application, built and pushed once for all tests of a class.</summary>
public sealed class BuiltSite(BuiltApplication built) : IAsyncLifetime
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

    private PrivateBuilder? _builder;
    private PushResult? _first;

    internal RegistryProcess Registry => built.Bases.Registry;

    internal PushResult First => _first ?? throw new InvalidOperationException("It was not built.");

    internal ImageOrder Order
    {
        get
        {
            var source = new ImageSource.Build("../Site", "../Site/Dockerfile")
            {
                Args = ImmutableSortedDictionary.Create<string, Value?>(StringComparer.Ordinal).Add("BASE", Value.Of(built.Bases.BaseImage)).Add("GREETING", Value.Of("hush")),
            };
            return built.Order with { Images = [new ImageModel("site", "shop/site", source) { LogicalId = "SiteRepository" }] };
        }
    }

    public async ValueTask InitializeAsync()
    {
        var application = built.Reset();
        application.Write("Site/Dockerfile", Dockerfile);
        application.Write("Site/site/index.html", "<p>Hello</p>\n");
        application.Write("Site/site/deep/er.txt", "deep\n");
        application.Write("Site/page.txt", "page\n");
        application.Commit("Add a site", "2026-05-06T07:08:09Z");
        _builder = new PrivateBuilder(Registry);
        _first = await Order.PushAsync(Registry);
    }

    public ValueTask DisposeAsync()
    {
        _builder?.Dispose();
        return ValueTask.CompletedTask;
    }
}
