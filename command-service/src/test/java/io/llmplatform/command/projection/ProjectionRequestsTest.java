package io.llmplatform.command.projection;

import io.llmplatform.command.projection.ProjectionCommand.CancelRebuild;
import io.llmplatform.command.projection.ProjectionCommand.PauseRebuild;
import io.llmplatform.command.projection.ProjectionCommand.RequestComparison;
import io.llmplatform.command.projection.ProjectionCommand.RequestDiscard;
import io.llmplatform.command.projection.ProjectionCommand.RequestRebuild;
import io.llmplatform.command.projection.ProjectionCommand.RequestRedrive;
import io.llmplatform.command.projection.ProjectionCommand.RequestRollback;
import io.llmplatform.command.projection.ProjectionCommand.RequestSwap;
import io.llmplatform.command.projection.ProjectionCommand.ResumeRebuild;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ProjectionEvent.ComparisonRequested;
import io.llmplatform.contracts.event.ProjectionEvent.DiscardRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildCancelled;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildPaused;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildResumed;
import io.llmplatform.contracts.event.ProjectionEvent.RedriveRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RollbackRequested;
import io.llmplatform.contracts.event.ProjectionEvent.Swap;
import io.llmplatform.contracts.event.ProjectionEvent.SwapRequested;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class ProjectionRequestsTest {
    private static final String ID = "prj_usage";
    private static final String NAME = "usage";
    private static final RebuildRequested REQUESTED = new RebuildRequested(NAME, Swap.MANUAL);

    private final AggregateTestFixture<ProjectionRequests> projection =
            new AggregateTestFixture<>(ProjectionRequests.class);

    @Test
    void aRebuildIsRequestedAndRequestedAgain() {
        projection
                .givenNoPriorActivity()
                .when(new RequestRebuild(ID, NAME, Swap.WHEN_EQUAL))
                .expectEvents(new RebuildRequested(NAME, Swap.WHEN_EQUAL))
                .expectResultMessagePayload(0L);
        projection
                .given(REQUESTED)
                .when(new RequestRebuild(ID, NAME, Swap.WHEN_CAUGHT_UP))
                .expectEvents(new RebuildRequested(NAME, Swap.WHEN_CAUGHT_UP));
    }

    @Test
    void isPausedAndResumedOnce() {
        projection.given(REQUESTED).when(new PauseRebuild(ID, NAME)).expectEvents(new RebuildPaused(NAME));
        projection
                .given(REQUESTED, new RebuildPaused(NAME))
                .when(new PauseRebuild(ID, NAME))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        projection
                .given(REQUESTED, new RebuildPaused(NAME))
                .when(new ResumeRebuild(ID, NAME))
                .expectEvents(new RebuildResumed(NAME));
        projection.given(REQUESTED).when(new ResumeRebuild(ID, NAME)).expectNoEvents();
    }

    @Test
    void isComparedSwappedAndCancelled() {
        projection.given(REQUESTED).when(new RequestComparison(ID, NAME)).expectEvents(new ComparisonRequested(NAME));
        projection.given(REQUESTED).when(new RequestSwap(ID, NAME, true)).expectEvents(new SwapRequested(NAME, true));
        projection
                .given(REQUESTED, new RebuildPaused(NAME), new SwapRequested(NAME, false))
                .when(new PauseRebuild(ID, NAME))
                .expectEvents(new RebuildPaused(NAME));
        projection.given(REQUESTED).when(new CancelRebuild(ID, NAME)).expectEvents(new RebuildCancelled(NAME));
    }

    @Test
    void withoutARebuildThereIsNothingToPauseResumeCompareSwapOrCancel() {
        for (var command : List.of(
                new PauseRebuild(ID, NAME),
                new ResumeRebuild(ID, NAME),
                new RequestComparison(ID, NAME),
                new RequestSwap(ID, NAME, false),
                new CancelRebuild(ID, NAME))) {
            projection.givenNoPriorActivity().when(command).expectNoEvents().expectException(Refusal.Conflict.class);
            projection
                    .given(REQUESTED, new RebuildCancelled(NAME))
                    .when(command)
                    .expectNoEvents()
                    .expectException(Refusal.Conflict.class);
        }
    }

    @Test
    void theFormerBuildIsCalledBackAndThatMayBeCancelled() {
        projection.givenNoPriorActivity().when(new RequestRollback(ID, NAME)).expectEvents(new RollbackRequested(NAME));
        projection
                .given(new RollbackRequested(NAME))
                .when(new CancelRebuild(ID, NAME))
                .expectEvents(new RebuildCancelled(NAME));
    }

    @Test
    void parkedRecordsAreTriedAgainOrLeftOut() {
        projection
                .givenNoPriorActivity()
                .when(new RequestRedrive(ID, NAME, 7L))
                .expectEvents(new RedriveRequested(NAME, 7L));
        projection
                .givenNoPriorActivity()
                .when(new RequestRedrive(ID, NAME, null))
                .expectEvents(new RedriveRequested(NAME, null));
        projection
                .givenNoPriorActivity()
                .when(new RequestDiscard(ID, NAME, 7))
                .expectEvents(new DiscardRequested(NAME, 7));
    }
}
