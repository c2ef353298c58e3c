package io.llmplatform.command.eventstore;

import java.sql.SQLException;
import java.util.stream.Stream;

/** Two transactions waited for each other and PostgreSQL ended this one, as when two providers swap their names. */
public final class Deadlock {
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final int DEEPEST = 30;

    private Deadlock() {}

    public static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(cause -> cause instanceof SQLException sql && DEADLOCK_DETECTED.equals(sql.getSQLState()));
    }
}
