package io.llmplatform.command.personal;

import io.llmplatform.contracts.personal.PersonalData;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Personal data in our own tables: sealed as in an event, under the same key of the person; looked up by a keyed hash. */
@Component
public class SealedColumns {
    private final PersonKeyStore keys;
    private final BlindIndex index;

    SealedColumns(PersonKeyStore keys, BlindIndex index) {
        this.keys = keys;
        this.index = index;
    }

    /** Seals values about that person, in the running transaction. */
    public UnaryOperator<@Nullable String> sealer(String subject) {
        var key = keys.obtain(subject);
        return clear -> clear == null ? null : PersonalData.sealed(clear, subject, key);
    }

    /** Opens values about that person; {@link PersonalData#ERASED} when their key was destroyed. */
    public UnaryOperator<@Nullable String> opener(String subject) {
        var key = keys.find(subject);
        return text -> text == null
                ? null
                : key.map(found -> PersonalData.opened(text, subject, found)).orElse(PersonalData.ERASED);
    }

    /** What stands in a table in place of a text that has to be found there: equal for equal texts, and tells nothing else. */
    public String indexed(String purpose, String text) {
        return index.of(purpose, text);
    }
}
