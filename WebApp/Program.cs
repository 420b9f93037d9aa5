using Platform.WebApp;
using Platform.WebApp.Assets;
using Platform.WebApp.Edge;
using Platform.WebApp.Probe;
using Platform.WebApp.Status;

if (args is [HealthProbe.Flag])
{
    return await HealthProbe.RunAsync(Console.Out);
}

var builder = WebApplication.CreateSlimBuilder(args);
var settings = WebAppSettings.Read(builder.Configuration);
builder.Services.AddSingleton(settings);
builder.AddServiceDefaults();
builder.AddEdge(settings);
builder.Services.AddStatus();
builder.Services.AddApiDescription();

var app = builder.Build();
app.MapDefaultEndpoints();
app.UseEdge(settings);
app.MapStatus();
app.MapAssets();
app.MapApiDescription();
await app.RunAsync();
return 0;
