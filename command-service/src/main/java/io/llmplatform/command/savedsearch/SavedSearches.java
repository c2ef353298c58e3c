package io.llmplatform.command.savedsearch;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.savedsearch.SavedSearchCommand.ForgetSearch;
import io.llmplatform.command.savedsearch.SavedSearchCommand.SaveSearch;
import io.llmplatform.contracts.event.SavedSearchEvent.SearchForgotten;
import io.llmplatform.contracts.event.SavedSearchEvent.SearchSaved;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** All the searches that one person keeps. Comes to be with the first. */
@Aggregate(type = "saved_search")
class SavedSearches {
    static final int MOST = 100;

    @AggregateIdentifier
    private @Nullable String id;

    private Set<String> searches = new HashSet<>();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(SaveSearch command) {
        if (searches.size() >= MOST) {
            throw new Refusal.Conflict("a person keeps at most " + MOST + " searches");
        }
        apply(new SearchSaved(
                command.listId(),
                command.userId(),
                command.searchId(),
                command.name(),
                command.filters(),
                command.typed()));
        return getVersion();
    }

    @CommandHandler
    long handle(ForgetSearch command) {
        if (!searches.contains(command.searchId())) {
            throw new Refusal.NotFound("saved search", command.searchId());
        }
        apply(new SearchForgotten(command.listId(), command.userId(), command.searchId()));
        return getVersion();
    }

    @EventSourcingHandler
    void on(SearchSaved event) {
        id = event.listId();
        searches.add(event.searchId());
    }

    @EventSourcingHandler
    void on(SearchForgotten event) {
        searches.remove(event.searchId());
    }
}
