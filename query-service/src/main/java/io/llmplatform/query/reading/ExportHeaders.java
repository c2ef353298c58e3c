package io.llmplatform.query.reading;

/** Headers of files. */
public final class ExportHeaders {
    /** How many rows are in it. */
    public static final String ROWS = "X-Export-Rows";

    private ExportHeaders() {}
}
