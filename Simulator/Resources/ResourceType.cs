using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>What it means to make, change and delete resources of one type through CloudFormation.</summary>
internal sealed record ResourceType
{
    /// <summary>Such as <c>AWS::EC2::VPC</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What <c>Ref</c> gives, and the resource's id in the account.</summary>
    public required Func<ResourceWork, string> Id { get; init; }

    /// <summary>Null where things of this type have none.</summary>
    public Func<ResourceWork, string?> Arn { get; init; } = _ => null;

    /// <summary>That <c>Fn::GetAtt</c> takes.</summary>
    public ImmutableArray<string> AttributeNames { get; init; } = [];

    /// <summary>As they are when the resource is begun.</summary>
    public Func<ResourceWork, JsonObject> Attributes { get; init; } = _ => [];

    /// <summary>Properties, with dots, whose change makes a new resource.</summary>
    public ImmutableArray<string> CreateOnly { get; init; } = [];

    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Whether the stack's tags are put on it.</summary>
    public bool IsTagged { get; init; } = true;

    public TypeTimes Times { get; init; } = TypeTimes.Short;

    public TypeStates States { get; init; } = TypeStates.None;

    /// <summary>Why it cannot be made; null: it can.</summary>
    public Func<ResourceWork, Refusal?> RefusesCreation { get; init; } = _ => null;

    /// <summary>Why it cannot be deleted; null: it can.</summary>
    public Func<ResourceWork, Refusal?> RefusesDeletion { get; init; } = _ => null;

    /// <summary>How long it takes this time to be made; null: for ever. Replaces <see cref="Times"/>.</summary>
    public Func<ResourceWork, TimeSpan?>? CreationTime { get; init; }

    /// <summary>What comes with it when it is begun.</summary>
    public Action<ResourceWork> OnBegun { get; init; } = _ => { };

    /// <summary>What comes with it when it is there.</summary>
    public Action<ResourceWork> OnReady { get; init; } = _ => { };

    /// <summary>After its properties were changed.</summary>
    public Action<ResourceWork> OnChanged { get; init; } = _ => { };

    /// <summary>When a change is over.</summary>
    public Action<ResourceWork> OnSettled { get; init; } = _ => { };

    /// <summary>What goes with it. The resource itself is gone.</summary>
    public Action<ResourceWork> OnGone { get; init; } = _ => { };

    /// <summary>The words of its service; for messages.</summary>
    public string Service => Name.Split("::")[1];
}

/// <summary>How long it usually takes.</summary>
internal sealed record TypeTimes(TimeSpan Create, TimeSpan Update, TimeSpan Delete)
{
    public static TypeTimes Short { get; } = Seconds(6, 5, 3);

    public static TypeTimes Seconds(int create, int update, int delete) => new(TimeSpan.FromSeconds(create), TimeSpan.FromSeconds(update), TimeSpan.FromSeconds(delete));
}

/// <summary>The words of the service for what is being made, there, being changed and being deleted.</summary>
internal sealed record TypeStates(string Making, string Ready, string Changing, string Going)
{
    public static TypeStates None { get; } = new("", "", "", "");

    public static TypeStates Available { get; } = new("pending", "available", "available", "deleting");

    public static TypeStates Active { get; } = new("CREATING", "ACTIVE", "UPDATING", "DELETING");
}

/// <param name="Code">Of the handler: <c>AlreadyExists</c>, <c>InvalidRequest</c>, <c>GeneralServiceException</c>.</param>
/// <param name="IsPassing">Whether CloudFormation tries again for a while, since what is in the way may go.</param>
internal sealed record Refusal(string Message, string Code, bool IsPassing)
{
    public static Refusal Final(string message) => new(message, "InvalidRequest", IsPassing: false);

    public static Refusal Passing(string message) => new(message, "GeneralServiceException", IsPassing: true);
}
