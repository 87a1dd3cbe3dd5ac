//! The operations of the group "credential report": what goes in, what comes out, and what may go wrong.

use jiff::Timestamp;

use super::model::{Blob, Shape, operations, text};
use super::shapes::DATE;

operations! { iam "credential-report";

    /// [`GenerateCredentialReport`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html).
    read(leaves_trace) GenerateCredentialReport -> GenerateCredentialReportOutput ["LimitExceeded", "ServiceFailure"] {} {
        opt "State" state: Option<String> = REPORT_STATE,
        opt "Description" description: Option<String> = REPORT_STATE_DESCRIPTION,
    }

    /// [`GetCredentialReport`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html).
    read(slow) GetCredentialReport -> GetCredentialReportOutput ["ReportNotPresent", "ReportExpired", "ReportInProgress", "ServiceFailure"] {} {
        opt "Content" content: Option<Blob> = REPORT_CONTENT,
        opt "ReportFormat" report_format: Option<String> = REPORT_FORMAT,
        opt "GeneratedTime" generated_time: Option<Timestamp> = DATE,
    }
}

/// The shape `ReportContentType`.
static REPORT_CONTENT: Shape = Shape::Blob;
/// The shape `ReportFormatType`.
static REPORT_FORMAT: Shape = Shape::Text(text().values(&["text/csv"]));
/// The shape `ReportStateType`.
static REPORT_STATE: Shape = Shape::Text(text().values(&["STARTED", "INPROGRESS", "COMPLETE"]));
/// The shape `ReportStateDescriptionType`.
static REPORT_STATE_DESCRIPTION: Shape = Shape::Text(text());
