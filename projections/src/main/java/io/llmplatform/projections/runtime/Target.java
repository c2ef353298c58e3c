package io.llmplatform.projections.runtime;

/**
 * Where a projection writes: one build of it.
 *
 * @param build  counted from 1
 * @param schema of its tables; it is the first of the search path while records are applied
 */
public record Target(ProjectionId projection, int build, String schema) {
    /** Where the tables are that readers see. */
    static final String LIVE = "readmodel";

    /** Whether readers see what is written. */
    public boolean live() {
        return schema.equals(LIVE);
    }
}
