package io.llmplatform.query.live;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.access.Standing;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Sees to it that nobody looks on who may not any more. */
@Component
class LiveGuests {
    private final Standing standing;

    LiveGuests(Standing standing) {
        this.standing = standing;
    }

    /** Ends the streams of those whose token has expired or who were shut out; a client with a new token goes on where it was. */
    void sendAway(Collection<LiveViewer> viewers) {
        for (var viewer : viewers) {
            if (standing.of(viewer.authorization())
                    .filter(Person::seesEverything)
                    .isEmpty()) {
                viewer.end();
            }
        }
    }
}
