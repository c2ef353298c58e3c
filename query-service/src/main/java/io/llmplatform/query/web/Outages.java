package io.llmplatform.query.web;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that is away, overloaded or not set up yet from a mistake of ours. */
final class Outages {
    /** SQLState classes: connection, rollback for others' sake, out of resources, intervention (shutdown, timeout). */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57");
    /** No such table, no such schema: the projections have not made them yet. */
    private static final Set<String> NOT_SET_UP = Set.of("42P01", "3F000");

    private Outages() {}

    /** Whether the same request may well succeed a little later. */
    static boolean isOne(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                return NOT_SET_UP.contains(state) || CLASSES.stream().anyMatch(state::startsWith);
            }
        }
        return false;
    }
}
