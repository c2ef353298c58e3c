package io.llmplatform.query.access;

import io.llmplatform.query.web.RefusedException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Whether who was let in may stay, for answers that go on and on. */
@Component
public class Standing {
    private final Tokens tokens;
    private final People people;

    Standing(Tokens tokens, People people) {
        this.tokens = tokens;
        this.people = people;
    }

    /**
     * Who the token speaks for, as things are now.
     *
     * @param authorization the header that the request came with
     * @return empty when the token has expired, the session has ended, or the account is no longer active; and while nobody knows
     */
    public Optional<Person> of(String authorization) {
        try {
            return people.find(tokens.login(authorization))
                    .filter(seen -> !seen.sessionClosed() && seen.person().active())
                    .map(People.Seen::person);
        } catch (RefusedException | DataAccessException e) {
            return Optional.empty();
        }
    }
}
