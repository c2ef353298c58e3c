package io.llmplatform.command.eventstore;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;

/**
 * Tells a conflict of two writers from a broken database. The PostgreSQL driver throws no
 * {@code SQLIntegrityConstraintViolationException} and hides the SQL state in the next exception of a batch, so Axon's
 * own resolvers see neither.
 */
final class UniqueViolation implements PersistenceExceptionResolver {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int DEEPEST = 30;

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        return Stream.<Throwable>iterate(exception, e -> e != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(UniqueViolation::in);
    }

    private static boolean in(Throwable throwable) {
        return throwable instanceof SQLException sql
                && Stream.iterate(sql, e -> e != null, SQLException::getNextException)
                        .limit(DEEPEST)
                        .anyMatch(e -> UNIQUE_VIOLATION.equals(e.getSQLState()));
    }
}
