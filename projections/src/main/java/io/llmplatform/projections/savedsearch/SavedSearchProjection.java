package io.llmplatform.projections.savedsearch;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.SavedSearchEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.saved_search}. A search that is forgotten does not come back: its id is never used again. */
@Component
class SavedSearchProjection extends EntityProjection<SavedSearchEvent> {
    private final String saved = SqlFile.read("search-saved");
    private final String forgotten = SqlFile.read("search-forgotten");

    SavedSearchProjection(JdbcClient jdbc) {
        super(new ProjectionId("saved_searches", 1), "saved_search", SavedSearchEvent.class, jdbc, "saved_search");
    }

    @Override
    protected void apply(EventEnvelope envelope, SavedSearchEvent event) {
        switch (event) {
            case SavedSearchEvent.SearchSaved search -> {
                var filters = new TreeMap<>(search.filters());
                var typed = search.typed();
                if (typed != null) {
                    filters.put("q", typed.clear());
                }
                sql(saved, envelope)
                        .param("search_id", search.searchId())
                        .param("user_id", search.userId())
                        .param("name", search.name().clear())
                        .param("filters", json(filters))
                        .update();
            }
            case SavedSearchEvent.SearchForgotten(var ignored1, var ignored2, var searchId) ->
                jdbc.sql(forgotten).param("search_id", searchId).update();
        }
    }
}
