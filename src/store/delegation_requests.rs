//! Delegation requests: create, associate, accept, reject, update, send, get, list.
//!
//! Follows the API reference. A request starts `UNASSIGNED`, belongs to whoever associates it with an account, and is
//! accepted or rejected by its owner; it expires after a day. What a partner's policy template says is known to AWS alone,
//! so a request's permissions are not spelled out and cannot be checked here.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tx::Tx;
use crate::api::{
    AcceptDelegationRequest, AcceptDelegationRequestOutput, AssociateDelegationRequest,
    AssociateDelegationRequestOutput, CreateDelegationRequest, CreateDelegationRequestOutput, DelegationRequest,
    GetDelegationRequest, GetDelegationRequestOutput, GetHumanReadableSummary, GetHumanReadableSummaryOutput,
    ListDelegationRequests, ListDelegationRequestsOutput, RejectDelegationRequest, RejectDelegationRequestOutput,
    SendDelegationToken, SendDelegationTokenOutput, UpdateDelegationRequest, UpdateDelegationRequestOutput,
};
use crate::iam::Error;

/// How long a request waits.
const LIFE: SignedDuration = SignedDuration::from_hours(24);
const LANGUAGE: &str = "en";

fn missing(id: &str) -> Error {
    Error::no_such_entity(format!("Delegation request {id} cannot be found."))
}

impl Perform for CreateDelegationRequest {
    fn perform(&self, tx: &Tx<'_>) -> Result<CreateDelegationRequestOutput> {
        let sql = "SELECT count(*) FROM delegation_request WHERE account = ?1 AND workflow = ?2";
        if tx.count(sql, params![tx.account.row, self.requestor_workflow_id])? > 0 {
            let message = format!("Delegation request for workflow {} already exists.", self.requestor_workflow_id);
            return Err(Error::already_exists(message).into());
        }
        let id = tx.uuid();
        let request = DelegationRequest {
            delegation_request_id: Some(id.clone()),
            owner_account_id: self.owner_account_id.clone(),
            description: Some(self.description.clone()),
            request_message: self.request_message.clone(),
            permissions: Some(self.permissions.clone()),
            state: Some("UNASSIGNED".into()),
            expiration_time: Some(tx.moment().saturating_add(LIFE).unwrap_or(Timestamp::MAX)),
            requestor_id: Some(tx.account.id.to_string()),
            requestor_name: tx.account.alias.clone(),
            create_date: Some(tx.moment()),
            session_duration: Some(self.session_duration),
            redirect_url: self.redirect_url.clone(),
            only_send_by_owner: self.only_send_by_owner,
            updated_time: Some(tx.moment()),
            ..DelegationRequest::default()
        };
        tx.execute(
            "INSERT INTO delegation_request (id, account, workflow, created, request) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, tx.account.row, self.requestor_workflow_id, tx.seconds(), serde_json::to_string(&request)?],
        )?;
        let console_deep_link = Some(format!("https://signin.aws.amazon.com/console/iam/delegation-requests/{id}"));
        Ok(CreateDelegationRequestOutput { console_deep_link, delegation_request_id: Some(id) })
    }
}

impl Perform for AssociateDelegationRequest {
    fn perform(&self, tx: &Tx<'_>) -> Result<AssociateDelegationRequestOutput> {
        tx.advance(&self.delegation_request_id, &["UNASSIGNED"], |request| {
            request.state = Some("ASSIGNED".into());
            request.owner_id = Some(tx.caller_arn());
            request.owner_account_id.get_or_insert_with(|| tx.account.id.to_string());
        })?;
        Ok(AssociateDelegationRequestOutput {})
    }
}

impl Perform for AcceptDelegationRequest {
    fn perform(&self, tx: &Tx<'_>) -> Result<AcceptDelegationRequestOutput> {
        tx.advance(&self.delegation_request_id, &["ASSIGNED", "PENDING_APPROVAL"], |request| {
            request.state = Some("ACCEPTED".into());
            request.approver_id = Some(tx.caller_arn());
        })?;
        Ok(AcceptDelegationRequestOutput {})
    }
}

impl Perform for RejectDelegationRequest {
    fn perform(&self, tx: &Tx<'_>) -> Result<RejectDelegationRequestOutput> {
        tx.advance(&self.delegation_request_id, &["ASSIGNED", "PENDING_APPROVAL"], |request| {
            request.state = Some("REJECTED".into());
            request.rejection_reason.clone_from(&self.notes);
        })?;
        Ok(RejectDelegationRequestOutput {})
    }
}

impl Perform for UpdateDelegationRequest {
    fn perform(&self, tx: &Tx<'_>) -> Result<UpdateDelegationRequestOutput> {
        tx.advance(&self.delegation_request_id, &["ASSIGNED", "PENDING_APPROVAL"], |request| {
            request.state = Some("PENDING_APPROVAL".into());
            request.notes.clone_from(&self.notes);
        })?;
        Ok(UpdateDelegationRequestOutput {})
    }
}

impl Perform for SendDelegationToken {
    fn perform(&self, tx: &Tx<'_>) -> Result<SendDelegationTokenOutput> {
        tx.advance(&self.delegation_request_id, &["ACCEPTED"], |request| {
            request.state = Some("FINALIZED".into());
        })?;
        Ok(SendDelegationTokenOutput {})
    }
}

impl Perform for GetDelegationRequest {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetDelegationRequestOutput> {
        let check = self.delegation_permission_check == Some(true);
        Ok(GetDelegationRequestOutput {
            delegation_request: Some(tx.delegation_request(&self.delegation_request_id)?),
            permission_check_status: check.then(|| "FAILED".into()),
            permission_check_result: None,
        })
    }
}

impl Perform for ListDelegationRequests {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListDelegationRequestsOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let rows = tx.all(
            "SELECT request FROM delegation_request
             WHERE account = ?1 AND id > ?2 AND (?3 IS NULL OR request ->> '$.OwnerId' = ?3) ORDER BY id LIMIT ?4",
            params![tx.account.row, page.after, self.owner_id, page.limit],
            |row| row.get::<_, String>(0),
        )?;
        let requests: Vec<DelegationRequest> =
            rows.iter().map(|text| Ok(tx.as_of_now(serde_json::from_str(text)?))).collect::<Result<_>>()?;
        let key = |request: &DelegationRequest| request.delegation_request_id.clone().unwrap_or_default();
        let (requests, more, marker) = page.cut(requests, key);
        Ok(ListDelegationRequestsOutput { delegation_requests: Some(requests), marker, is_truncated: Some(more) })
    }
}

impl Perform for GetHumanReadableSummary {
    /// AWS writes the summary of a request's policy template; here there is none to be had.
    fn perform(&self, tx: &Tx<'_>) -> Result<GetHumanReadableSummaryOutput> {
        let id = self.entity_arn.rsplit('/').next().unwrap_or_default();
        tx.delegation_request(id)?;
        Ok(GetHumanReadableSummaryOutput {
            summary_content: None,
            locale: self.locale.clone().or_else(|| Some(LANGUAGE.into())),
            summary_state: Some("NOT_AVAILABLE".into()),
        })
    }
}

impl Tx<'_> {
    /// The ARN of whoever calls.
    pub(super) fn caller_arn(&self) -> String {
        self.caller.arn(&self.account.partition, self.account.id.as_str())
    }

    fn delegation_request(&self, id: &str) -> Result<DelegationRequest> {
        let sql = "SELECT request FROM delegation_request WHERE id = ?1 AND account = ?2";
        let text: Option<String> = self.one(sql, params![id, self.account.row], |row| row.get(0))?;
        Ok(self.as_of_now(serde_json::from_str(&text.ok_or_else(|| missing(id))?)?))
    }

    /// The request, expired if its time has run out before anybody settled it.
    fn as_of_now(&self, mut request: DelegationRequest) -> DelegationRequest {
        let settled = ["ACCEPTED", "REJECTED", "FINALIZED"].contains(&request.state.as_deref().unwrap_or_default());
        if !settled && request.expiration_time.is_some_and(|at| at <= self.now) {
            request.state = Some("EXPIRED".into());
        }
        request
    }

    /// Changes a request that is in one of the states.
    fn advance(&self, id: &str, from: &[&str], change: impl FnOnce(&mut DelegationRequest)) -> Result<()> {
        let mut request = self.delegation_request(id)?;
        let state = request.state.clone().unwrap_or_default();
        if !from.contains(&state.as_str()) {
            let message = format!("Delegation request {id} is in state {state}.");
            return Err(Error::invalid_input(message).into());
        }
        change(&mut request);
        request.updated_time = Some(self.moment());
        let sql = "UPDATE delegation_request SET request = ?2 WHERE id = ?1";
        self.execute(sql, params![id, serde_json::to_string(&request)?])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::store::kit::Kit;

    fn create(kit: &Kit, workflow: &str) -> Result<String, crate::iam::Error> {
        let input = json!({
            "Description": "let us in", "Permissions": {"PolicyTemplateArn": "arn:aws:iam::aws:policy-template/x"},
            "RequestorWorkflowId": workflow, "SessionDuration": 3600,
            "NotificationChannel": "arn:aws:sns:us-east-1:123456789012:topic",
        });
        let made = kit.call("CreateDelegationRequest", input)?;
        Ok(made["DelegationRequestId"].as_str().unwrap().to_owned())
    }

    fn state(kit: &Kit, id: &str) -> Value {
        kit.call("GetDelegationRequest", json!({ "DelegationRequestId": id })).unwrap()["DelegationRequest"]["State"]
            .clone()
    }

    #[test]
    fn a_request_goes_its_way_and_no_other() {
        let kit = Kit::new();
        let id = create(&kit, "workflow-1").unwrap();
        let step = |name: &str| kit.call(name, json!({ "DelegationRequestId": id }));
        assert_eq!(state(&kit, &id), "UNASSIGNED");
        assert_eq!(step("AcceptDelegationRequest").unwrap_err().code, "InvalidInput");
        for (name, after) in [
            ("AssociateDelegationRequest", "ASSIGNED"),
            ("UpdateDelegationRequest", "PENDING_APPROVAL"),
            ("AcceptDelegationRequest", "ACCEPTED"),
            ("SendDelegationToken", "FINALIZED"),
        ] {
            step(name).unwrap();
            assert_eq!(state(&kit, &id), after);
        }
        assert_eq!(step("RejectDelegationRequest").unwrap_err().code, "InvalidInput");
        assert_eq!(create(&kit, "workflow-1").unwrap_err().code, "EntityAlreadyExists");
    }

    #[test]
    fn requests_are_listed_and_missed() {
        let kit = Kit::new();
        let id = create(&kit, "workflow-1").unwrap();
        create(&kit, "workflow-2").unwrap();
        kit.call("AssociateDelegationRequest", json!({ "DelegationRequestId": id })).unwrap();
        let all = kit.call("ListDelegationRequests", json!({})).unwrap();
        assert_eq!(all["DelegationRequests"].as_array().unwrap().len(), 2);
        let owner = json!({"OwnerId": "arn:aws:iam::123456789012:root"});
        let mine = kit.call("ListDelegationRequests", owner).unwrap();
        assert_eq!(mine["DelegationRequests"][0]["DelegationRequestId"], json!(id));
        let other = json!({"DelegationRequestId": "00000000-0000-4000-8000-000000000000"});
        assert_eq!(kit.call("GetDelegationRequest", other).unwrap_err().code, "NoSuchEntity");
    }
}
