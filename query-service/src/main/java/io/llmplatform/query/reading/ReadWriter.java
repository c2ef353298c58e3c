package io.llmplatform.query.reading;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.sql.SqlFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes records of reads, with what is personal in them sealed to the person who asked, and writes them. */
@Component
class ReadWriter implements ReadLog.Writer {
    /** The parameter that holds what a person typed. */
    private static final String FREE_TEXT = "q";

    private final JdbcClient jdbc;
    private final ReadTopic topic;
    private final Clock clock;
    private final Ids ids;
    private final String reader = SqlFile.read("reader");

    ReadWriter(JdbcClient jdbc, ReadTopic topic, Clock clock) {
        this.jdbc = jdbc;
        this.topic = topic;
        this.clock = clock;
        this.ids = new Ids(clock, new SecureRandom());
    }

    @Override
    public void write(Read read, long repeats, long leftOut) {
        var person = reader(read.userId());
        var question = new TreeMap<>(read.question());
        var typed = person.sealed(question.remove(FREE_TEXT));
        if (typed != null) {
            question.put(FREE_TEXT, typed);
        }
        var record = new ReadRecord(
                ids.next(Ids.Kind.READ),
                clock.instant(),
                read.type().wire(),
                read.userId(),
                person.sealed(person.name),
                person.sealed(read.origin().ip()),
                person.sealed(read.origin().userAgent()),
                read.origin().requestId(),
                read.operation(),
                question,
                read.results(),
                repeats == 0 ? null : repeats,
                leftOut == 0 ? null : leftOut);
        topic.write(read.userId(), ContractJson.mapper().writeValueAsBytes(record));
    }

    private Reader reader(String userId) {
        return jdbc.sql(reader)
                .param("id", userId)
                .query((row, number) -> new Reader(row.getString("username"), row.getString("sealing_key")))
                .optional()
                .orElseGet(() -> new Reader(null, null));
    }

    /** @param key absent for who has none (any more): then nothing is told about them but their id */
    private record Reader(@Nullable String name, @Nullable String key) {
        @Nullable
        String sealed(@Nullable String text) {
            return text == null || key == null ? null : PersonSeal.seal(key, text);
        }
    }
}
