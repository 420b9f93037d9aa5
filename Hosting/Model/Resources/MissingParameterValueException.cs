namespace Platform.Hosting;

/// <summary>A parameter has no value and no default.</summary>
public class MissingParameterValueException : Exception
{
    /// <summary>Says which.</summary>
    /// <param name="message">The message.</param>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>Says which, and why.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The reason.</param>
    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
