package io.llmplatform.projections.runtime;

import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.springframework.stereotype.Component;

/**
 * Brings the schema up to date when a projection first needs it, not while the application starts: without PostgreSQL
 * it starts all the same, says so in its health, and can be stopped.
 */
@Component
public class SchemaMigration {
    private final Flyway flyway;
    private boolean done;
    private String version = "";

    SchemaMigration(Flyway flyway) {
        this.flyway = flyway;
    }

    /** Returns when the schema is there; several instances wait for one another. */
    synchronized void ensure() {
        if (!done) {
            flyway.migrate();
            version =
                    Objects.requireNonNull(flyway.info().current()).getVersion().getVersion();
            done = true;
        }
    }

    /** Of the schema. */
    synchronized String version() {
        ensure();
        return version;
    }
}
