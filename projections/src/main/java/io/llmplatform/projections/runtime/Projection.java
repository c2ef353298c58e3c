package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.personal.PersonKeys;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Derives something from the records of one topic. Must give the same result when records come again: the runtime
 * delivers each at least once to targets outside PostgreSQL.
 *
 * @param <E> what a record of the topic holds
 */
public interface Projection<E> {
    ProjectionId id();

    String topic();

    /**
     * @param keys open what personal data is in it
     * @throws TransientFailure when a key cannot be had now; the record comes again
     * @throws RuntimeException of another kind when the bytes are not a record of this topic; the record is parked
     */
    E decode(byte[] value, PersonKeys keys);

    /** How many records, about, to apply in one transaction when there are many. */
    default int batchSize() {
        return 500;
    }

    /**
     * How much the broker shall gather, for a tenth of a second at most, before it answers: 1 where every millisecond
     * counts, more where there is a steady flow, or each record would be a request of its own.
     */
    default int fetchBytes() {
        return 1;
    }

    /** The place of a record in the domain log, on which readers wait; 0 when the topic has none. */
    default long position(E record) {
        return 0;
    }

    /** The tables it keeps, all of them: each build has its own. */
    List<BuildTable> tables();

    /**
     * Asked, outside a transaction, whenever reading begins; changes nothing.
     *
     * @return whether the target is not there (yet, or any more) and has to be filled from the beginning of the topic
     */
    default boolean lost(Target target) {
        return false;
    }

    /** Called inside the transaction that sets the offsets to zero, to forget state of its own. */
    default void reset(Target target) {}

    /**
     * Called, outside a transaction, before reading and after a reset: sees to it that the target is there. In this
     * order, since a crash after the making of an empty target would leave it empty of all that was read before.
     */
    default void begin(Target target) {}

    /**
     * What it keeps outside PostgreSQL, for comparing.
     *
     * @return by part and day, such as {@code documents 2026-11-23}
     * @throws TransientFailure when it is not available
     */
    default Map<String, Tally> outside(Target target) {
        return Map.of();
    }

    /**
     * Called in the transaction that makes a build the live one, when its tables have moved, to do the same with what is
     * outside PostgreSQL. A crash before the commit undoes only the tables: {@link #begin} of the live one puts it right.
     *
     * @param retired what was live until now, where its tables are now
     * @param live    what is live now
     * @param jdbc    on the connection of the transaction
     * @throws TransientFailure when it cannot be done now; nothing is swapped
     */
    default void swapped(Target retired, Target live, JdbcClient jdbc) {}

    /** Called when a build goes, whose tables are gone already: takes away what it has outside PostgreSQL. */
    default void drop(Target target) {}

    /**
     * Whether a record must be applied although an earlier one of its key is parked, because leaving it out is worse
     * than order. If it cannot be applied, it is parked like any other.
     */
    default boolean goesAhead(E record) {
        return false;
    }

    /**
     * Applies records, in order, inside the transaction that moves the offset.
     *
     * @throws TransientFailure when the target is not available; the batch comes again
     * @throws RuntimeException of another kind when a record cannot be applied; the batch comes again in ever smaller
     *                          parts and the single record that still fails is parked
     */
    void apply(Target target, List<E> batch);
}
