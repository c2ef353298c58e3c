package io.llmplatform.query.history;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.reading.Counted;
import io.llmplatform.query.reading.Recorded;
import io.llmplatform.query.web.Instants;
import io.llmplatform.query.web.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What of the whole configuration is another at one moment than at an earlier one, and what did it. */
@RestController
class DiffController {
    private final EntityHistory history;
    private final Moments moments;

    DiffController(EntityHistory history, Moments moments) {
        this.history = history;
        this.moments = moments;
    }

    @GetMapping("/api/admin/v1/audit/diff")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.HISTORY_READ)
    Diff diff(
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        if (from == null) {
            throw RefusedException.parameter("from", "is missing");
        }
        var before = moments.at(Instants.parse(from));
        var after = moments.of(to, null);
        if (after.at().isBefore(before.at())) {
            throw RefusedException.parameter("to", "is before from");
        }
        var last = Place.decode(cursor);
        var changed = history.changed(
                before.position(),
                after.position(),
                new EntityHistory.EntityId(last.first(), last.second()),
                limit + 1);
        var shown = changed.size() > limit ? changed.subList(0, limit) : changed;
        var next = changed.size() > limit
                ? new Place(shown.getLast().type(), shown.getLast().id()).encode()
                : null;
        return new Diff(
                before,
                after,
                shown.stream()
                        .map(entity -> EntityDiff.of(history, entity, before.position(), after.position()))
                        .toList(),
                next);
    }

    /** {@code ConfigurationDiff} of the management API. */
    record Diff(
            Moment from,
            Moment to,
            List<EntityDiff> data,
            @Nullable String nextCursor) implements Counted {
        @Override
        public long results() {
            return data.size();
        }
    }
}
