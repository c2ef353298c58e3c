package io.llmplatform.command.savedsearch;

import io.llmplatform.contracts.event.Personal;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of the searches of a person. Every command answers with the version of all of them. */
public sealed interface SavedSearchCommand {
    String listId();

    record SaveSearch(
            @TargetAggregateIdentifier String listId,
            String userId,
            String searchId,
            Personal name,
            Map<String, String> filters,
            @Nullable Personal typed)
            implements SavedSearchCommand {}

    record ForgetSearch(@TargetAggregateIdentifier String listId, String userId, String searchId)
            implements SavedSearchCommand {}
}
