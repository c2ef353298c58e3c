package io.llmplatform.command.savedsearch;

import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.savedsearch.SavedSearchCommand.ForgetSearch;
import io.llmplatform.command.savedsearch.SavedSearchCommand.SaveSearch;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.SavedSearchEvent.SearchForgotten;
import io.llmplatform.contracts.event.SavedSearchEvent.SearchSaved;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class SavedSearchesTest {
    private static final String LIST = "scl_1";
    private static final Personal NAME = new Personal("usr_1", "Refusals");
    private static final Map<String, String> FILTERS = Map.of("entity_type", "attempt");

    private final AggregateTestFixture<SavedSearches> searches = new AggregateTestFixture<>(SavedSearches.class);

    @Test
    void beginsWithTheFirstAndKeepsMore() {
        searches.givenNoPriorActivity()
                .when(new SaveSearch(LIST, "usr_1", "sch_1", NAME, FILTERS, null))
                .expectEvents(saved("sch_1"))
                .expectResultMessagePayload(0L);
        searches.given(saved("sch_1"))
                .when(new SaveSearch(LIST, "usr_1", "sch_2", NAME, FILTERS, null))
                .expectEvents(saved("sch_2"))
                .expectResultMessagePayload(1L);
    }

    @Test
    void forgetsWhatItHasAndNothingElse() {
        searches.given(saved("sch_1"))
                .when(new ForgetSearch(LIST, "usr_1", "sch_1"))
                .expectEvents(new SearchForgotten(LIST, "usr_1", "sch_1"));
        searches.given(saved("sch_1"), new SearchForgotten(LIST, "usr_1", "sch_1"))
                .when(new ForgetSearch(LIST, "usr_1", "sch_1"))
                .expectNoEvents()
                .expectException(Refusal.NotFound.class);
    }

    @Test
    void keepsNoMoreThanThereIsRoomFor() {
        var full = IntStream.range(0, SavedSearches.MOST)
                .mapToObj(i -> saved("sch_" + i))
                .toList();
        searches.given(full)
                .when(new SaveSearch(LIST, "usr_1", "sch_more", NAME, FILTERS, null))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    private static SearchSaved saved(String id) {
        return new SearchSaved(LIST, "usr_1", id, NAME, FILTERS, null);
    }
}
