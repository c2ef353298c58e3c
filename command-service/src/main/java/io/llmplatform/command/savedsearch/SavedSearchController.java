package io.llmplatform.command.savedsearch;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.savedsearch.SavedSearchCommand.ForgetSearch;
import io.llmplatform.command.savedsearch.SavedSearchCommand.SaveSearch;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.id.Ids;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code audit/searches}: each person keeps their own, and nobody another's. */
@RestController
@RequestMapping("/api/admin/v1/audit/searches")
class SavedSearchController {
    /** What is typed freely, and may name people. */
    private static final String TYPED = "q";

    private static final Set<String> FILTERS =
            Set.of(TYPED, "type", "actor", "entity_type", "entity_id", "request_id", "from", "to");
    private static final int LONGEST = 500;

    private final Commands commands;
    private final Ids ids;

    SavedSearchController(Commands commands, Ids ids) {
        this.commands = commands;
        this.ids = ids;
    }

    @PostMapping
    ResponseEntity<Written> save(Caller caller, @RequestBody NewSearch body) {
        var errors = new FieldErrors().required("name", body.name, 1, 100).present("filters", body.filters);
        var given = body.filters == null ? Map.<String, String>of() : body.filters;
        given.forEach((name, value) -> {
            errors.check(FILTERS.contains(name), "filters", "'" + shown(name) + "' is not a filter of the audit log");
            errors.required("filters." + shown(name), value, 1, LONGEST);
        });
        errors.throwIfAny();
        var filters = new TreeMap<>(given);
        var typed = filters.remove(TYPED);
        var searchId = ids.next(Ids.Kind.SAVED_SEARCH);
        return commands.create(
                caller,
                listOf(caller),
                new SaveSearch(
                        listOf(caller),
                        caller.userId(),
                        searchId,
                        new Personal(caller.userId(), Objects.requireNonNull(body.name)),
                        filters,
                        typed == null ? null : new Personal(caller.userId(), typed)),
                (list, version) -> new Written(searchId, version));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Written> forget(Caller caller, @PathVariable String id) {
        var searchId = Commands.id(Ids.Kind.SAVED_SEARCH, id);
        return commands.change(
                caller,
                listOf(caller),
                new ForgetSearch(listOf(caller), caller.userId(), searchId),
                (list, version) -> new Written(searchId, version));
    }

    private static String listOf(Caller caller) {
        return Ids.Kind.SEARCH_LIST.prefix()
                + caller.userId().substring(Ids.Kind.USER.prefix().length());
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(name.length(), 40));
    }

    record NewSearch(@Nullable String name, @Nullable Map<String, String> filters) {}
}
