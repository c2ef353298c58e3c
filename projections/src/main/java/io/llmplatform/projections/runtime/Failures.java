package io.llmplatform.projections.runtime;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionException;

/** Tells a record that can never be applied from a server that is away. */
final class Failures {
    /** SQLState classes that blame the data: data exception, integrity constraint violation, beyond a limit (size). */
    private static final Set<String> DATA = Set.of("22", "23", "54");

    private Failures() {}

    /**
     * Whether the record is to blame. Everything that PostgreSQL refuses for another reason than the data (connection,
     * deadlock, disk, a missing table) is not: parking must never be the answer to an outage.
     */
    static boolean blamesRecord(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() != null
                        && DATA.contains(sql.getSQLState().substring(0, 2));
            }
            if (cause instanceof TransientFailure
                    || cause instanceof FencedException
                    || cause instanceof KafkaException
                    || cause instanceof TransactionException
                    || cause instanceof IOException
                    || cause instanceof InterruptedException
                    || cause instanceof Error) {
                return false;
            }
        }
        return true;
    }

    /** The first line of the innermost message: parser messages of an outer one may quote the record. */
    static String describe(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        var message = root.getMessage() == null
                ? ""
                : root.getMessage().lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }
}
