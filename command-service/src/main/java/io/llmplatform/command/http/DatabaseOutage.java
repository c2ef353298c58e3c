package io.llmplatform.command.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that is away (503, try later) and a text it cannot hold (400) from a fault of ours (500). */
final class DatabaseOutage {
    private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";
    private static final int DEEPEST = 30;

    private DatabaseOutage() {}

    static boolean isBehind(Throwable failure) {
        return causes(failure).anyMatch(DatabaseOutage::isOutage);
    }

    /** Bodies are checked field by field; this is for a field whose check forgets the characters PostgreSQL refuses. */
    static boolean isUnstorableText(Throwable failure) {
        return causes(failure)
                .anyMatch(cause ->
                        cause instanceof SQLException sql && CHARACTER_NOT_IN_REPERTOIRE.equals(sql.getSQLState()));
    }

    /** One line for the log; the whole trace of an outage tells nothing more. */
    static String summary(Throwable failure) {
        return causes(failure)
                .filter(DatabaseOutage::isOutage)
                .reduce((_, deepest) -> deepest)
                .map(Throwable::getMessage)
                .orElse("");
    }

    private static boolean isOutage(Throwable throwable) {
        return switch (throwable) {
            case CannotCreateTransactionException _, DataAccessResourceFailureException _ -> true;
            case SQLTransientConnectionException _ -> true;
            // 08 connection, 57P being shut down or started, 53 out of resources, 25006 read-only, 55P03 lock timeout
            case SQLException sql
            when sql.getSQLState() != null ->
                sql.getSQLState().startsWith("08")
                        || sql.getSQLState().startsWith("57P")
                        || sql.getSQLState().startsWith("53")
                        || sql.getSQLState().equals("25006")
                        || sql.getSQLState().equals("55P03");
            default -> false;
        };
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(DEEPEST);
    }
}
