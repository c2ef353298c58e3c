package io.llmplatform.query.model;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

interface DeploymentRows extends Repository<DeploymentRow, DeploymentRow.Key> {
    List<DeploymentRow> findByModelIdInOrderByModelIdAscPlaceAsc(Collection<String> modelIds);
}
