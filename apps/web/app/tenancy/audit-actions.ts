/** The operations that the logs' filters offer; both logs show any other by its id. */
export const tenantActions = [
  'identity.grantSupport', 'identity.allowSupport', 'identity.refuseSupport', 'identity.endSupport', 'identity.enterSupport', 'identity.leaveSupport', 'kernel.readAsSupport',
  'identity.joinTenant', 'identity.createInvitation', 'identity.acceptInvitation', 'identity.revokeInvitation', 'identity.startBulkInvitation', 'identity.updateMember', 'identity.mergeMembers', 'identity.updateMembership', 'identity.confirmAccount',
  'identity.createRole', 'identity.updateRole', 'identity.restoreRole', 'tenancy.updateSettings', 'tenancy.putLogo', 'tenancy.deleteLogo', 'tenancy.addOwnDomain', 'tenancy.checkOwnDomain', 'tenancy.removeOwnDomain', 'tenancy.setPrimaryDomain', 'tenancy.requestTenantExport', 'tenancy.requestDeletion', 'tenancy.cancelDeletion',
  'catalog.createCourse', 'catalog.updateCourse', 'catalog.publishCourse', 'catalog.archiveCourse', 'catalog.addModule', 'catalog.updateModule', 'catalog.removeModule', 'catalog.restoreModule', 'catalog.updateCourseRules', 'catalog.saveVersion', 'catalog.restoreVersion',
  'catalog.duplicateCourse', 'catalog.deleteCourse', 'catalog.requestReview', 'catalog.returnReview', 'catalog.approveReview', 'learning.moveToVersion',
  'catalog.addLesson', 'catalog.updateLesson', 'catalog.removeLesson', 'catalog.reorderOutline', 'catalog.createCategory', 'catalog.updateCategory', 'catalog.deleteCategory',
  'interop.createCourseImport', 'learning.enroll', 'learning.leave', 'learning.completeLesson',
] as const;

export const operatorActions = [
  'identity.requestSupport', 'identity.approveSupport', 'identity.enterSupport', 'identity.leaveSupport',
  'tenancy.createTenant', 'tenancy.updateTenant', 'tenancy.suspendTenant', 'tenancy.resumeTenant', 'tenancy.closeTenant', 'tenancy.eraseTenant',
  'tenancy.createPlan', 'tenancy.updatePlan', 'tenancy.retirePlan', 'tenancy.offerPlan', 'tenancy.countUsage',
  'tenancy.addDomain', 'tenancy.verifyDomain', 'tenancy.removeDomain', 'tenancy.retryParkedJob', 'tenancy.retryParkedJobs', 'tenancy.discardJob', 'identity.setUpOperator',
  'identity.updateAccount', 'identity.confirmAccount', 'identity.confirmAccountRefused', 'identity.changeEmail', 'identity.changePassword', 'identity.revokeSession', 'identity.revokeOtherSessions',
  'identity.confirmTwoFactor', 'identity.disableTwoFactor', 'identity.createBackupCodes',
] as const;
