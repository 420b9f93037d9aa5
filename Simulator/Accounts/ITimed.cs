namespace Platform.Simulator.Accounts;

/// <summary>
/// Something that time changes. Nothing runs in the background: before each call the account lets everything that is due happen, one after the
/// other in the order of their times.
/// </summary>
internal interface ITimed
{
    /// <summary>When it changes next; null: not by itself.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Does what is due.</summary>
    /// <param name="now">The time of <see cref="NextDue"/>, which may be before the time of the call that asks; the account's time meanwhile.</param>
    void Advance(DateTimeOffset now);
}
