package io.llmplatform.contracts.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts about the searches of the audit log that a person keeps. Those of one person are one stream. */
public sealed interface SavedSearchEvent extends DomainEvent {
    String listId();

    /**
     * @param userId  whose it is
     * @param name    for the person
     * @param filters parameters of the search by name, but for what was typed freely
     * @param typed   {@code q}
     */
    @EventType(name = "saved_search.SearchSaved")
    record SearchSaved(
            String listId,
            String userId,
            String searchId,
            Personal name,
            Map<String, String> filters,
            @Nullable Personal typed)
            implements SavedSearchEvent {}

    @EventType(name = "saved_search.SearchForgotten")
    record SearchForgotten(String listId, String userId, String searchId) implements SavedSearchEvent {}
}
